export { euler } from './ode/euler.ts';
export { heun } from './ode/heun.ts';
export { rk4 } from './ode/rk4.ts';
export { refusal } from './refusal.ts';
export type { Counters, Interpolant, Order, Scheme, SchemeInfo, Stepper, SteppingProblem } from './scheme.ts';
export { type SchemeRow, schemesFor, schemeTable } from './table.ts';
