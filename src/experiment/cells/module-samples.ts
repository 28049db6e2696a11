import { toVector } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Replicate } from '../../convergence/study/index.ts';
import { restoreStream } from '../../random/stream.ts';
import { type PlainError, plainError } from '../executor/envelope.ts';
import { loadFunction } from '../modules/load-function.ts';
import { ModuleError } from '../modules/module-error.ts';
import type { ModuleReference } from '../modules/module-reference.ts';
import type { ModuleSampler } from '../modules/sampler-on-threads.ts';
import type { CellContext } from './cell.ts';
import { turns } from './turns.ts';

/** Some replicates of a study, drawn by a function of the user's own. */
export interface ModuleSamplesInput {
  readonly module: ModuleReference;
  readonly data: unknown;
  readonly requests: readonly PlainRequest[];
}

interface PlainRequest {
  readonly size: number | undefined;
  readonly replicate: number;
  /** A saved stream. */
  readonly rng: Uint8Array;
}

/** The replicates before the first that failed, and its error: as data, so that of several cells the first one can be told. */
export interface ModuleSamples {
  readonly values: readonly (number | Float64Array)[];
  readonly failure?: PlainError;
}

export async function moduleSamples(
  { module, data, requests }: ModuleSamplesInput,
  { signal }: CellContext = {},
): Promise<ModuleSamples> {
  const sample = await loadFunction<ModuleSampler>(module);
  const values: (number | Float64Array)[] = [];
  const takeTurns = turns(signal);
  for (const request of requests) {
    try {
      values.push(await draw(sample, module.href, request, data));
    } catch (error) {
      return { values, failure: plainError(error) };
    }
    await takeTurns();
  }
  return { values };
}

async function draw(sample: ModuleSampler, href: string, { size, replicate, rng }: PlainRequest, data: unknown) {
  const place = `${size === undefined ? 'the reference' : `size ${size}`}, replicate ${replicate}`;
  let value: Replicate;
  try {
    value = await sample({ size, replicate, rng: restoreStream(rng) }, data);
  } catch (error) {
    throw new ModuleError(href, place, error);
  }
  const name = `${href}, ${place}: what it returns`;
  if (typeof value !== 'number') return toVector(name, value);
  if (!Number.isFinite(value)) throw new ArgumentError(name, value, 'a finite number, or a vector of them');
  return value;
}
