import { normalCdf, normalDensity } from '../../base/special-functions.ts';
import { axisNode, axisStep, type GridAxis, gridNodes, nodeCount } from '../../measure/grid.ts';
import { depositInto } from '../../measure/index.ts';
import type { InitialLaw } from '../../network/index.ts';
import { type Stream, stream } from '../../random/index.ts';
import { cubicDepositInto } from './deposit.ts';
import type { Grid } from './representation.ts';

/** A tensor grid with its nodes, and how mass is put on it. */
export interface GridSpace {
  readonly axes: readonly GridAxis[];
  /** `[count, p]`. */
  readonly nodes: Float64Array;
  readonly count: number;
  /** Adds weighted points to masses that are 0. */
  readonly depositInto: typeof depositInto;
}

export function gridSpace(axes: readonly GridAxis[], deposit: Grid['deposit']): GridSpace {
  return {
    axes,
    nodes: gridNodes(axes),
    count: nodeCount(axes),
    depositInto: deposit === 'cubic' ? cubicDepositInto : depositInto,
  };
}

/** Points that stand for an initial law of which only draws are known. */
const DRAWS = 65536;

/**
 * μ₀ on the nodes. Normal laws: density times cell, whose moments are exact beyond all orders of the spacing (cell by cell from the
 * distribution function where the spacing exceeds the standard deviation). Fixed points and other laws are deposited.
 */
export function initialMasses(initial: InitialLaw, space: GridSpace, rng: Stream | undefined): Float64Array {
  const { axes, count } = space;
  const out = new Float64Array(count);
  const { normal, points } = initial;
  if (points !== undefined) {
    space.depositInto(axes, points.data, new Float64Array(points.rows).fill(1 / points.rows), out);
    return out;
  }
  if (normal === undefined) {
    const draws = new Float64Array(DRAWS * axes.length);
    const sample = initial.quasiSampleInto ?? initial.sampleInto;
    sample.call(initial, rng ?? stream(0).split('initial law'), DRAWS, draws);
    space.depositInto(axes, draws, new Float64Array(DRAWS).fill(1 / DRAWS), out);
    return out;
  }
  out.fill(1);
  let stride = count;
  axes.forEach((axis, k) => {
    const masses = normalMasses(axis, normal.means[k]!, normal.scales[k]!, space);
    stride /= axis.count;
    for (let i = 0; i < count; i++) out[i]! *= masses[Math.floor(i / stride) % axis.count]!;
  });
  return out;
}

function normalMasses(axis: GridAxis, mean: number, scale: number, space: GridSpace): Float64Array {
  const out = new Float64Array(axis.count);
  if (scale === 0) {
    space.depositInto([axis], Float64Array.of(mean), Float64Array.of(1), out);
    return out;
  }
  const h = axisStep(axis);
  for (let i = 0; i < axis.count; i++) {
    const z = (axisNode(axis, i) - mean) / scale;
    out[i] = h > scale ? normalCdf(z + h / scale / 2) - normalCdf(z - h / scale / 2) : normalDensity(z);
  }
  const total = out.reduce((a, b) => a + b, 0);
  return out.map((value) => value / total);
}
