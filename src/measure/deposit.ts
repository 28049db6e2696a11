import { checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { axisStep, checkAxes, type GridAxis, type GridMeasure, gridView, nodeCount } from './grid.ts';
import { atomsOf, type MeasureLike } from './measure.ts';

/**
 * The measure on a grid, by linear deposit: each atom is shared among the 2^p nodes of its cell so that mass and mean
 * are kept (to rounding) and nothing is negative. The second moment of coordinate k grows by at most h_k²/4 a mass.
 * O(N 2^p).
 *
 * @param axes - one for each coordinate, p ≤ 3
 * @param options.outside - what to do with an atom outside of the grid: `error` (default), or `clamp`, which moves it
 * to the nearest boundary point (mass is kept, the mean is not)
 */
export function toGrid(
  measure: MeasureLike,
  axes: readonly GridAxis[],
  options: { readonly outside?: 'error' | 'clamp' } = {},
): GridMeasure {
  const outside = checkOneOf('outside', options.outside ?? 'error', ['error', 'clamp']);
  const atoms = atomsOf('measure', measure);
  const checked = checkAxes(axes);
  if (checked.length !== atoms.dimension)
    throw new ArgumentError('axes.length', checked.length, `${atoms.dimension}, the dimension of the measure`);
  const out = new Float64Array(nodeCount(checked));
  const lost = depositInto(checked, atoms.particles, atoms.weights, out);
  if (lost > 0 && outside === 'error')
    throw new ArgumentError('axes', checked, `a grid that holds every atom (mass ${lost} lies outside)`);
  return gridView(checked, out);
}

/**
 * Adds weighted points to the masses `out` by linear deposit, and returns the mass that lay outside and was put on the
 * boundary.
 *
 * @param particles - row-major `[N, p]`
 * @param out - one mass for each node, last axis fastest; added to
 */
export function depositInto(
  axes: readonly GridAxis[],
  particles: Float64Array,
  weights: Float64Array,
  out: Float64Array,
): number {
  const p = axes.length;
  const corners = 1 << p;
  const strides = new Int32Array(p);
  for (let k = p - 1, stride = 1; k >= 0; stride *= axes[k]!.count, k--) strides[k] = stride;
  const steps = axes.map(axisStep);
  const share = new Float64Array(p);
  let outsideMass = 0;
  for (let i = 0; i < weights.length; i++) {
    let corner = 0;
    let inside = true;
    for (let k = 0; k < p; k++) {
      const axis = axes[k]!;
      const x = particles[i * p + k]!;
      if (!(x >= axis.lower && x <= axis.upper)) inside = false;
      const position = Math.min(Math.max((x - axis.lower) / steps[k]!, 0), axis.count - 1);
      const cell = Math.min(Math.floor(position), axis.count - 2);
      share[k] = position - cell;
      corner += cell * strides[k]!;
    }
    if (!inside) outsideMass += weights[i]!;
    for (let c = 0; c < corners; c++) {
      let mass = weights[i]!;
      let node = corner;
      for (let k = 0; k < p; k++) {
        const upper = (c >> k) & 1;
        mass *= upper === 1 ? share[k]! : 1 - share[k]!;
        node += upper * strides[k]!;
      }
      if (mass !== 0) out[node]! += mass;
    }
  }
  return outsideMass;
}
