import ndarray, { type NdArray } from 'ndarray';
import type { VectorLike } from '../base/arrays.ts';
import { checkInteger, checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { toProbabilities } from './weights.ts';

/** `count` equally spaced nodes from `lower` to `upper`, both included. */
export interface GridAxis {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** Masses on the nodes of a tensor grid in dimension p ≤ 3. */
export interface GridMeasure {
  readonly kind: 'grid';
  readonly axes: readonly GridAxis[];
  /** p, the number of axes. */
  readonly dimension: number;
  /** The number of nodes: the product of the axes' counts. */
  readonly count: number;
  /** Mass of each node, the last axis running fastest. */
  readonly weights: Float64Array;
  /** `weights` as an ndarray of rank p that shares their memory. */
  readonly masses: NdArray<Float64Array>;
}

/**
 * The probability measure with the given mass on each node.
 *
 * @param axes - one to three; each has at least two nodes
 * @param weights - one for each node, flat (last axis fastest) or an ndarray of rank p; nonnegative, scaled to total 1
 * @throws ArgumentError on bad axes, a length mismatch, and weights that are negative, infinite or all zero
 */
export function gridMeasure(axes: readonly GridAxis[], weights: VectorLike | NdArray): GridMeasure {
  const checked = checkAxes(axes);
  return gridView(checked, toProbabilities('weights', flatten(weights, checked), nodeCount(checked)));
}

/**
 * The probability measure whose density at the nodes is proportional to `density`, by the trapezoidal rule: a node on
 * the boundary has half the cell of an inner one.
 *
 * @param density - nonnegative function of a node; the array it gets is reused between calls
 */
export function gridFromDensity(axes: readonly GridAxis[], density: (node: Float64Array) => number): GridMeasure {
  const checked = checkAxes(axes);
  const nodes = gridNodes(checked);
  const p = checked.length;
  const volumes = cellVolumes(checked);
  const node = new Float64Array(p);
  const weights = volumes.map((volume, i) => {
    for (let k = 0; k < p; k++) node[k] = nodes[i * p + k]!;
    return volume * density(node);
  });
  return gridView(checked, toProbabilities('density', weights, weights.length));
}

/** An unchecked measure over the caller's own masses; for solvers. */
export function gridView(axes: readonly GridAxis[], weights: Float64Array): GridMeasure {
  return {
    kind: 'grid',
    axes,
    dimension: axes.length,
    count: weights.length,
    weights,
    masses: ndarray(
      weights,
      axes.map((axis) => axis.count),
    ),
  };
}

/** Density at the nodes: mass over the volume of the node's cell (half as wide at the ends of an axis). */
export function gridDensity(measure: GridMeasure): Float64Array {
  const volumes = cellVolumes(measure.axes);
  return measure.weights.map((mass, i) => mass / volumes[i]!);
}

/** The nodes, row-major `[count, p]`, in the order of the weights. */
export function gridNodes(axes: readonly GridAxis[]): Float64Array {
  const p = axes.length;
  const out = new Float64Array(nodeCount(axes) * p);
  let stride = nodeCount(axes);
  for (let k = 0; k < p; k++) {
    const axis = axes[k]!;
    stride /= axis.count;
    for (let i = 0; i < out.length / p; i++) out[i * p + k] = axisNode(axis, Math.floor(i / stride) % axis.count);
  }
  return out;
}

/** Node `index` of an axis; the two ends are hit exactly. */
export function axisNode({ lower, upper, count }: GridAxis, index: number): number {
  return index === count - 1 ? upper : lower + ((upper - lower) / (count - 1)) * index;
}

/** Distance between neighbouring nodes. */
export function axisStep({ lower, upper, count }: GridAxis): number {
  return (upper - lower) / (count - 1);
}

/** The number of nodes of a tensor grid. */
export function nodeCount(axes: readonly GridAxis[]): number {
  return axes.reduce((product, axis) => product * axis.count, 1);
}

/** Checked copies of the axes. */
export function checkAxes(axes: readonly GridAxis[]): readonly GridAxis[] {
  if (!Array.isArray(axes) || axes.length < 1 || axes.length > 3)
    throw new ArgumentError('axes', axes, 'an array of one to three axes');
  return axes.map((axis, k) => {
    const lower = checkNumber(`axes[${k}].lower`, axis.lower);
    const upper = checkNumber(`axes[${k}].upper`, axis.upper, { above: lower });
    return { lower, upper, count: checkInteger(`axes[${k}].count`, axis.count, { min: 2 }) };
  });
}

function cellVolumes(axes: readonly GridAxis[]): Float64Array {
  const out = new Float64Array(nodeCount(axes)).fill(1);
  let stride = out.length;
  for (const axis of axes) {
    stride /= axis.count;
    for (let i = 0; i < out.length; i++) {
      const index = Math.floor(i / stride) % axis.count;
      out[i]! *= axisStep(axis) * (index === 0 || index === axis.count - 1 ? 0.5 : 1);
    }
  }
  return out;
}

function flatten(weights: VectorLike | NdArray, axes: readonly GridAxis[]): VectorLike {
  if (!('shape' in weights) || weights.shape.length === 1) return weights as VectorLike;
  const counts = axes.map((axis) => axis.count);
  if (weights.shape.length !== counts.length || weights.shape.some((size, k) => size !== counts[k]))
    throw new ArgumentError('weights', weights.shape, `of shape [${counts.join(', ')}] (this is its shape)`);
  const out = new Float64Array(nodeCount(axes));
  const index = counts.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    for (let k = counts.length - 1, rest = i; k >= 0; k--) {
      index[k] = rest % counts[k]!;
      rest = Math.floor(rest / counts[k]!);
    }
    out[i] = weights.get(...index);
  }
  return out;
}
