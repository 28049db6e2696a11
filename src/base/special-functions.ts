export {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpperQuantile,
  chiSquareUpperTail,
} from './special/chi-square.ts';
export { erf, erfc } from './special/erf.ts';
export { regularizedBeta } from './special/incomplete-beta.ts';
export { regularizedGammaP, regularizedGammaQ } from './special/incomplete-gamma.ts';
export { kolmogorovCdf, kolmogorovUpperQuantile, kolmogorovUpperTail } from './special/kolmogorov.ts';
export { logGamma } from './special/log-gamma.ts';
export { normalCdf, normalDensity, normalQuantile, normalUpperTail } from './special/normal.ts';
export { studentCdf, studentQuantile, studentUpperTail } from './special/student.ts';
