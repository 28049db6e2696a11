export { type DiffusionParameters, diffusionApproximation } from './diffusion-approximation.ts';
export { limit } from './limit.ts';
export { type SolveDiffusionOptions, solveDiffusion } from './solve-diffusion.ts';
export { cloudSize, limitScheme, type SolveLimitOptions, solveLimit } from './solve-limit.ts';
