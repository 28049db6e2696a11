import { toVector, type VectorLike } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Stream } from '../../random/stream.ts';

/** One replicate: an error, or a vector of predictions or of errors (m, the same for every size). */
export type Replicate = number | VectorLike;

/**
 * Draws one replicate at a size. All its randomness comes from `rng`, which belongs to this size and replicate alone: then
 * the result of a study depends neither on the order of work nor on the number of workers.
 */
export type StudySampler = (size: number, rng: Stream, replicate: number) => Replicate | Promise<Replicate>;

/** A replicate that a study asks for. */
export interface SampleRequest {
  /** Undefined for a replicate of the reference. */
  readonly size: number | undefined;
  readonly replicate: number;
  /** On another thread: `stream(rng.seed).split(...rng.path)`. */
  readonly rng: Stream;
}

/** Draws many replicates at once, e.g. on worker threads; resolves to one outcome a request, in their order. */
export type BatchSampler = (
  requests: readonly SampleRequest[],
  options: { readonly signal?: AbortSignal | undefined },
) => Promise<readonly Replicate[]>;

/** A batch sampler of the samplers of one replicate, one after another. */
export function oneByOne(error: StudySampler, reference: StudySampler | undefined): BatchSampler {
  return async (requests, { signal }) => {
    const out: Replicate[] = [];
    for (const { size, replicate, rng } of requests) {
      if (signal?.aborted) break;
      const drawn = size === undefined ? reference!(Number.NaN, rng, replicate) : error(size, rng, replicate);
      out.push(isThenable(drawn) ? await drawn : drawn);
    }
    return out;
  };
}

/** An outcome as plain finite numbers, `length` of them if that is known. */
export function toNumbers(
  outcome: Replicate,
  { size, replicate }: SampleRequest,
  length: number | undefined,
): number[] {
  const name = size === undefined ? `the reference, replicate ${replicate}` : `error(${size}), replicate ${replicate}`;
  const numbers = Array.from(toVector(name, typeof outcome === 'number' ? [outcome] : outcome));
  if (length !== undefined && numbers.length !== length)
    throw new ArgumentError(`${name}: length`, numbers.length, `${length}, as of the other replicates`);
  if (numbers.length === 0) throw new ArgumentError(`${name}: length`, 0, 'at least 1');
  return numbers;
}

function isThenable(value: Replicate | Promise<Replicate>): value is Promise<Replicate> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
