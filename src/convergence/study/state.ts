import { ArgumentError } from '../../base/errors.ts';
import type { Stream } from '../../random/stream.ts';
import type { Allocation } from './allocate.ts';
import type { StudyMeasure } from './measure.ts';

/** Where a study stands. A plain value: it survives JSON without loss. */
export interface StudyState {
  readonly version: 1;
  /** Name of the study's stream. */
  readonly seed: number;
  readonly path: readonly (string | number)[];
  readonly measure: StudyMeasure;
  readonly sizes: readonly number[];
  /** Replicates as rows, by size. */
  readonly samples: readonly (readonly (readonly number[])[])[];
  readonly reference: readonly (readonly number[])[];
  /** What the present round draws up to; null between rounds. */
  readonly target: Allocation | null;
  /** Measured seconds by size, and of the reference last; frozen after the pilot. */
  readonly seconds: readonly number[];
  /** How often the claim has been judged. */
  readonly looks: number;
}

/** The same, while it grows. */
export interface GrowingState {
  readonly samples: number[][][];
  readonly reference: number[][];
  target: Allocation | null;
  seconds: number[];
  looks: number;
}

/** A fresh state, or a copy of the one to resume from, which must belong to the same study. */
export function openState(
  given: StudyState | undefined,
  rng: Stream,
  sizes: Float64Array,
  measure: StudyMeasure,
): GrowingState {
  if (given === undefined)
    return {
      samples: Array.from(sizes, () => []),
      reference: [],
      target: null,
      seconds: new Array<number>(sizes.length + 1).fill(0),
      looks: 0,
    };
  if (typeof given !== 'object' || given === null || given.version !== 1)
    throw new ArgumentError('state', given, 'the state of a study, version 1');
  const own = { seed: rng.seed, path: rng.path, measure, sizes: Array.from(sizes) };
  for (const key of ['seed', 'path', 'measure', 'sizes'] as const)
    if (JSON.stringify(given[key]) !== JSON.stringify(own[key]))
      throw new ArgumentError(`state.${key}`, given[key], `that of this study, ${JSON.stringify(own[key])}`);
  if (!isRows(given.reference) || given.samples?.length !== sizes.length || !given.samples.every(isRows))
    throw new ArgumentError('state', given, `replicates as rows for ${sizes.length} sizes and the reference`);
  return {
    samples: given.samples.map((rows) => rows.map((row) => [...row])),
    reference: given.reference.map((row) => [...row]),
    target: given.target,
    seconds: [...given.seconds],
    looks: given.looks,
  };
}

function isRows(rows: unknown): boolean {
  return Array.isArray(rows) && rows.every((row) => Array.isArray(row));
}

/** A copy that does not change any more. */
export function closeState(state: GrowingState, rng: Stream, sizes: Float64Array, measure: StudyMeasure): StudyState {
  return {
    version: 1,
    seed: rng.seed,
    path: rng.path,
    measure,
    sizes: Array.from(sizes),
    samples: state.samples.map((rows) => rows.slice()),
    reference: state.reference.slice(),
    target: state.target,
    seconds: [...state.seconds],
    looks: state.looks,
  };
}
