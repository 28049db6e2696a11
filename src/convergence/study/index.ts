export type { Allocation } from './allocate.ts';
export type { Findings, Measured } from './conclude.ts';
export type { StudyMeasure } from './measure.ts';
export type { StudyOptions } from './options.ts';
export type { BatchSampler, Replicate, SampleRequest, StudySampler } from './sampler.ts';
export type { StudyState } from './state.ts';
export { type AbortedStudy, type CompletedStudy, study } from './study.ts';
