import { keepsSlopes } from './activation';

/** Bytes of a plane: one double a sample, zero beyond the samples, which are padded to a multiple of four. */
@inline
export function planeSize(samples: i32): usize {
  return <usize>((samples + 3) & ~3) << 3;
}

/** Bytes of a neuron's record: its outer weight twice, the plane of σ and, where it is kept, that of σ′. */
@inline
export function recordSize(kind: i32, samples: i32): usize {
  const plane = planeSize(samples);
  return 16 + (keepsSlopes(kind) ? plane << 1 : plane);
}
