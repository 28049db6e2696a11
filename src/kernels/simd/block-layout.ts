import { CHUNK } from '../plain/perceptron.ts';

/** Byte offsets of the parts of a kernel's block. */
export interface BlockLayout {
  /** The samples, see packSamples. */
  readonly inputs: number;
  readonly columns: number;
  /** Rows of a chunk, `[CHUNK][p]`: particles on the way in, gradients on the way out. */
  readonly rows: number;
  /** Weights of a chunk. */
  readonly weights: number;
  /** Two vectors of residuals and penalties. */
  readonly residual: number;
  /** Sums of a chunk, `[m][2]`, and of all, `[m]`. */
  readonly partial: number;
  readonly sums: number;
  /** Three planes of scratch, and the rest of a gradient that has more rows than a plane. */
  readonly scratch: number;
  /** `[CHUNK][m]`: residuals of each neuron on the way in, features on the way out. */
  readonly responses: number;
  /** Tiles of one chunk that is not kept. */
  readonly spill: number;
  /** Tiles of the kept neurons. */
  readonly tiles: number;
  /** Bytes of a tile of four neurons. */
  readonly tile: number;
}

export function blockLayout(samples: number, inner: number, p: number, keepsSlopes: boolean): BlockLayout {
  const plane = Math.ceil(samples / 4) * 128;
  const tile = 32 + (keepsSlopes ? 2 * plane : plane);
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 64) * 64;
    return start;
  };
  const inputs = take((plane * inner) / 4 + samples * inner * 8);
  return {
    inputs,
    columns: inputs + (plane * inner) / 4,
    rows: take(CHUNK * p * 8),
    weights: take(CHUNK * 8),
    residual: take(2 * samples * 8),
    partial: take(samples * 16),
    sums: take(samples * 8),
    scratch: take(2 * plane + Math.max(plane, (inner + 2) * 32)),
    responses: take(CHUNK * samples * 8),
    spill: take((CHUNK / 4) * tile),
    tiles: end,
    tile,
  };
}
