export type { BrownianSource } from './brownian.ts';
export { poissonClocks } from './clocks.ts';
export { freshBrownian } from './fresh.ts';
export type { PoissonClocks } from './poisson.ts';
export { type BrownianTreeOptions, brownianTree } from './tree.ts';
