export type { BrownianSource } from './brownian.ts';
export type { PoissonClocks } from './poisson.ts';
