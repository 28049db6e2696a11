import { CHUNK } from '../plain/perceptron.ts';
import { forwardLength } from './samples.ts';

/** Byte offsets of the parts of a kernel's block. */
export interface BlockLayout {
  readonly samples: number;
  /** p, the number of parameters of a neuron. */
  readonly dimension: number;
  /** The samples, see packSamples. */
  readonly inputs: number;
  readonly columns: number;
  /** Rows of a chunk, `[CHUNK][p]`: particles on the way in, gradients on the way out. */
  readonly rows: number;
  /** Weights of a chunk. */
  readonly weights: number;
  /** Two vectors, residuals and penalties, each padded with zeros to `stride`. */
  readonly residual: number;
  /** Sums of a chunk, of a block and of all, padded. */
  readonly partial: number;
  readonly sums: number;
  readonly total: number;
  /** Sums from before a descent. */
  readonly held: number;
  /** Targets and sample weights of the squared loss, each padded with zeros to `stride`. */
  readonly fit: number;
  /** Four planes of scratch. */
  readonly scratch: number;
  /** Of a chunk: residuals of each neuron, `[CHUNK][stride]`, on the way in; features, `[CHUNK][m]`, on the way out. */
  readonly responses: number;
  /** Records of one chunk that is not kept. */
  readonly spill: number;
  /** Records of the kept neurons. */
  readonly records: number;
  /** Bytes of the record of a neuron. */
  readonly record: number;
  /** Samples, rounded up to an even number. */
  readonly stride: number;
}

export function blockLayout(samples: number, inner: number, p: number, keepsSlopes: boolean): BlockLayout {
  const plane = Math.ceil(samples / 4) * 32;
  const stride = samples + (samples & 1);
  const record = 16 + (keepsSlopes ? 2 * plane : plane);
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 64) * 64;
    return start;
  };
  const forward = 8 * forwardLength(samples, inner);
  const inputs = take(forward + 8 * stride * inner);
  return {
    samples,
    dimension: p,
    inputs,
    columns: inputs + forward,
    rows: take(CHUNK * p * 8),
    weights: take(CHUNK * 8),
    residual: take(2 * stride * 8),
    partial: take(plane),
    sums: take(plane),
    total: take(plane),
    held: take(plane),
    fit: take(2 * stride * 8),
    scratch: take(4 * plane),
    responses: take(CHUNK * stride * 8),
    spill: take(CHUNK * record),
    records: end,
    record,
    stride,
  };
}
