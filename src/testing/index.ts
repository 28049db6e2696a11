export * from './arbitraries/index.ts';
export { type CheckOptions, check, PropertyError } from './check.ts';
export * from './laws/index.ts';
export { type Failure, failureReport, replayCommand } from './report.ts';
export { expectClose, LawViolation, type Tolerance } from './violation.ts';
