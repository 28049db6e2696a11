export { asMatrix, type Matrix, type MatrixLike, type RowMajor, type VectorLike } from './arrays.ts';
export { ArgumentError } from './errors.ts';
export { type Outcome, type OutcomeCode, RunError } from './outcome.ts';
export * from './special-functions.ts';
