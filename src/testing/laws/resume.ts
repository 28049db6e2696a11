import * as fc from 'fast-check';
import type { MeanFieldProcess } from '../../process/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Scheme } from '../../scheme/index.ts';
import { solve } from '../../solve/index.ts';
import { points } from '../arbitraries/points.ts';
import { streams } from '../arbitraries/streams.ts';
import { LawViolation } from '../violation.ts';
import type { Rows } from './invariance.ts';

/** Options of `expectResume`. */
export interface ResumeOptions {
  readonly rng: Stream;
  /** The start `[N][p]`. */
  readonly initial: Rows;
  readonly until: number;
  readonly scheme: Scheme;
  /** Steps from one checkpoint to the next. Default 1. */
  readonly every?: number;
}

/**
 * A run that is continued from a checkpoint ends with the bits of the whole run, from whichever checkpoint. A process breaks it when
 * it has a memory of its own: its coefficients must be functions of their arguments.
 */
export function expectResume(process: MeanFieldProcess, options: ResumeOptions): void {
  const { rng, initial, until, scheme, every = 1 } = options;
  const checkpoints: Uint8Array[] = [];
  const request = { initial: initial.map((row) => [...row]), until, scheme, rng };
  const whole = solve(process, { ...request, checkpoint: { every, write: (bytes) => checkpoints.push(bytes) } });
  checkpoints.forEach((bytes, k) => {
    const rest = solve(process, { ...request, resume: bytes });
    const where = `continued from checkpoint ${k} of ${checkpoints.length}`;
    if (rest.outcome.code !== whole.outcome.code)
      throw new LawViolation('resume', `${where}, the run ends ${rest.outcome.code}, not ${whole.outcome.code}`);
    rest.final.data.forEach((value, i) => {
      if (!Object.is(value, whole.final.data[i]))
        throw new LawViolation('resume', `${where}, coordinate ${i} is ${value}, in one piece ${whole.final.data[i]}`);
    });
  });
}

/** Resuming on drawn starts (by default 1 … 6 particles in [-2, 2]). */
export function resumeProperty(
  process: MeanFieldProcess,
  options: Omit<ResumeOptions, 'rng' | 'initial'> & { readonly clouds?: fc.Arbitrary<Rows> },
) {
  const { clouds = points({ dimension: process.dimension }) } = options;
  return fc.property(clouds, streams(), (initial, rng) => expectResume(process, { ...options, initial, rng }));
}
