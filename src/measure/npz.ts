import { ArgumentError } from '../base/errors.ts';
import { empiricalView } from './empirical.ts';
import { axisNode, checkAxes, gridView } from './grid.ts';
import type { Measure } from './measure.ts';
import { decodeNpy, encodeNpy, type NpyArray } from './npy.ts';
import { equalWeights, toProbabilities } from './weights.ts';
import { decodeZip, encodeZip } from './zip.ts';

/** Named arrays as the bytes of an .npz file that `numpy.load` reads: stored entries, dtype `<f8`, C order. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  return encodeZip(new Map(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)])));
}

/** The named arrays of an .npz file that `encodeNpz` or `numpy.savez` wrote. Throws unless all are `<f8` in C order. */
export function decodeNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const entries = [...decodeZip(bytes)];
  return Object.fromEntries(
    entries.map(([name, content]) => [name.replace(/\.npy$/, ''), decodeNpy(name, content)] as const),
  );
}

/**
 * A measure as an .npz file. Particles: `points` `[N, p]` and `weights` `[N]`. A grid: `masses` of rank p, and its nodes
 * `axis0`, `axis1`, … by axis.
 */
export function measureToNpz(measure: Measure): Uint8Array {
  if (measure.kind === 'empirical') {
    const points = { shape: [measure.count, measure.dimension], data: measure.particles };
    return encodeNpz({ points, weights: { shape: [measure.count], data: measure.weights } });
  }
  const axes = measure.axes.map((axis, k): [string, NpyArray] => [
    `axis${k}`,
    { shape: [axis.count], data: Float64Array.from({ length: axis.count }, (_, i) => axisNode(axis, i)) },
  ]);
  const masses = { shape: measure.axes.map((axis) => axis.count), data: measure.weights };
  return encodeNpz({ masses, ...Object.fromEntries(axes) });
}

/**
 * The measure of an .npz file: the inverse of `measureToNpz`, and what numpy wrote with the same names. `points` may have
 * rank 1, `weights` may be missing (equal weights).
 */
export function measureFromNpz(bytes: Uint8Array): Measure {
  const arrays = decodeNpz(bytes);
  if (arrays.points !== undefined) {
    const { shape, data } = arrays.points;
    const [count, p] = [shape[0] ?? 0, shape[1] ?? 1];
    if (shape.length > 2 || count === 0 || p === 0) throw new ArgumentError('points', shape, 'of shape [N, p] or [N]');
    if (arrays.weights === undefined) return empiricalView(data, p, equalWeights(count));
    // Checked like a user's weights, but kept as they are: the mass of a measure survives the file.
    toProbabilities('weights', arrays.weights.data, count);
    return empiricalView(data, p, arrays.weights.data);
  }
  if (arrays.masses === undefined) throw new ArgumentError('arrays', Object.keys(arrays), 'points or masses by name');
  const axes = arrays.masses.shape.map((count, k) => {
    const nodes = arrays[`axis${k}`]?.data;
    if (nodes?.length !== count)
      throw new ArgumentError(`axis${k}`, nodes, `an array of ${count} equally spaced nodes`);
    const [lower, upper] = [nodes[0]!, nodes[count - 1]!];
    nodes.forEach((node, i) => {
      const expected = lower + ((upper - lower) / (count - 1)) * i;
      if (Math.abs(node - expected) > 1e-9 * (upper - lower))
        throw new ArgumentError(`axis${k}[${i}]`, node, `${expected}, to be equally spaced`);
    });
    return { lower, upper, count };
  });
  toProbabilities('masses', arrays.masses.data, arrays.masses.data.length);
  return gridView(checkAxes(axes), arrays.masses.data);
}
