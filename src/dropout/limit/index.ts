export { limit } from './limit.ts';
export { cloudSize, limitScheme, type SolveLimitOptions, solveLimit } from './solve-limit.ts';
