export { erf, erfc } from './special/erf.ts';
export { normalCdf, normalDensity, normalQuantile, normalUpperTail } from './special/normal.ts';
