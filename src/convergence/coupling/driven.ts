import type { Jump, MeanFieldProcess } from '../../process/index.ts';
import type { ReferencePath } from './reference-path.ts';

/**
 * The nonlinear process with its law replaced by a known path of its statistic: independent particles, each an exact copy
 * of the limit neuron (docs/theory.md section 4). A process that draws partners from its cloud can't be driven so.
 */
export function drivenBy(process: MeanFieldProcess, path: ReferencePath): MeanFieldProcess {
  const s = new Float64Array(path.size);
  const at = (t: number): Float64Array => {
    path.at(t, s);
    return s;
  };
  const { drift, jumps } = process;
  return {
    name: `${process.name ?? 'process'} along a path`,
    dimension: process.dimension,
    ...(drift?.cloud === undefined
      ? {}
      : { drift: { cloud: (cloud, count, _s, t, out) => drift.cloud!(cloud, count, at(t), t, out) } }),
    ...(jumps === undefined ? {} : { jumps: jumps.map((jump) => drivenJump(jump, at)) }),
  };
}

function drivenJump(jump: Jump, at: (t: number) => Float64Array): Jump {
  const { change } = jump;
  if (change.kind !== 'map' || change.many === undefined) return jump;
  const { many } = change;
  return {
    ...jump,
    change: {
      kind: 'map',
      many: (cloud, indices, count, _s, t, context) => many(cloud, indices, count, at(t), t, context),
    },
  };
}
