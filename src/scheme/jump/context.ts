import type { JumpContext } from '../../process/jump.ts';
import type { CloudProcess } from '../../process/over-cloud.ts';
import type { Stream } from '../../random/stream.ts';

/** The context handed to jump maps: one object a run, whose stream and cloud the scheme sets. */
export interface MutableJumpContext extends JumpContext {
  rng: Stream;
  cloud: Float64Array;
}

export function jumpContext(rng: Stream, cloud: Float64Array, process: CloudProcess): MutableJumpContext {
  return { rng, cloud, count: process.count };
}
