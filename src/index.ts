export * from './base/index.ts';
// A measure's interval carries its estimate; the lab's is a pair of ends.
export type { Interval } from './convergence/index.ts';
export * from './convergence/index.ts';
export * from './dropout/index.ts';
export type { Interval as DistanceInterval } from './measure/index.ts';
export * from './measure/index.ts';
export * from './network/index.ts';
export * from './process/index.ts';
export * from './random/index.ts';
// Two rooms use one name, each rightly: a scheme's clock, and the clock of masks.
export { bernoulliClock as bernoulliMaskClock } from './random/index.ts';
export * from './scheme/index.ts';
export { bernoulliClock } from './scheme/index.ts';
export * from './solve/index.ts';
