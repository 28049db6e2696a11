import { axisStep, type GridAxis } from '../../measure/grid.ts';
import { depositInto } from '../../measure/index.ts';

/** Shares of one coordinate among the nodes cell − 1, …, cell + 2. */
const STENCIL = 4;

/**
 * Adds weighted points to the masses of grid nodes, which must be 0, each point shared among 4^p nodes by cubic interpolation, so that mass and moments to the third
 * of each coordinate are kept, and cubic polynomials of the whole: error O(h⁴) for smooth laws. Cubic shares may be negative. So the difference to the
 * (positive) linear deposit is scaled back, point by point, where a node has not enough linear mass to give (flux correction: S. T. Zalesak,
 * J. Comput. Phys. 31, 1979): nothing is negative, mass and mean are always kept. Points in the outermost cells are shared
 * linearly, points outside go to the boundary. O(N 4^p).
 *
 * @param particles - `[N, p]`
 * @returns the mass that lay outside
 */
export function cubicDepositInto(
  axes: readonly GridAxis[],
  particles: Float64Array,
  weights: Float64Array,
  out: Float64Array,
): number {
  const outside = depositInto(axes, particles, weights, out);
  const stencil = new CorrectionStencil(axes);
  const taken = new Float64Array(out.length);
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0 || !stencil.at(particles, i)) continue;
    const { nodes, shares } = stencil;
    for (let s = 0; s < shares.length; s++) if (shares[s]! < 0) taken[nodes[s]!]! -= weights[i]! * shares[s]!;
  }
  // What a node may give of what it is asked for; a little less than all, against rounding.
  const given = taken;
  for (let i = 0; i < out.length; i++)
    given[i] = taken[i]! * (1 + 1e-12) > out[i]! ? (out[i]! / taken[i]!) * (1 - 1e-12) : 1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0 || !stencil.at(particles, i)) continue;
    const { nodes, shares } = stencil;
    let part = 1;
    for (let s = 0; s < shares.length; s++) if (shares[s]! < 0) part = Math.min(part, given[nodes[s]!]!);
    const mass = part * weights[i]!;
    if (mass > 0) for (let s = 0; s < shares.length; s++) out[nodes[s]!]! += mass * shares[s]!;
  }
  for (let i = 0; i < out.length; i++) if (out[i]! < 0) out[i] = 0;
  return outside;
}

/** Cubic minus linear shares of a point, and the nodes that they belong to. */
class CorrectionStencil {
  readonly nodes: Int32Array;
  readonly shares: Float64Array;
  private readonly strides: Int32Array;
  private readonly steps: readonly number[];
  private readonly cubic: Float64Array;
  private readonly linear: Float64Array;

  constructor(private readonly axes: readonly GridAxis[]) {
    const p = axes.length;
    this.nodes = new Int32Array(STENCIL ** p);
    this.shares = new Float64Array(STENCIL ** p);
    this.strides = new Int32Array(p);
    for (let k = p - 1, stride = 1; k >= 0; stride *= axes[k]!.count, k--) this.strides[k] = stride;
    this.steps = axes.map(axisStep);
    this.cubic = new Float64Array(STENCIL * p);
    this.linear = new Float64Array(STENCIL * p);
  }

  /** Moves to point i; false in the outermost cells, where there is no correction. */
  at(particles: Float64Array, i: number): boolean {
    const { axes, strides, cubic, linear, nodes, shares } = this;
    const p = axes.length;
    let corner = 0;
    for (let k = 0; k < p; k++) {
      const { lower, count } = axes[k]!;
      const position = (particles[i * p + k]! - lower) / this.steps[k]!;
      const cell = Math.floor(position);
      if (!(cell >= 1 && cell < count - 2)) return false;
      const f = position - cell;
      corner += (cell - 1) * strides[k]!;
      cubic[4 * k] = (-f * (1 - f) * (2 - f)) / 6;
      cubic[4 * k + 1] = ((1 + f) * (1 - f) * (2 - f)) / 2;
      cubic[4 * k + 2] = ((1 + f) * f * (2 - f)) / 2;
      cubic[4 * k + 3] = (-f * (1 - f) * (1 + f)) / 6;
      linear[4 * k + 1] = 1 - f;
      linear[4 * k + 2] = f;
    }
    for (let s = 0; s < shares.length; s++) {
      let high = 1;
      let low = 1;
      let node = corner;
      for (let k = 0, rest = s; k < p; k++, rest >>= 2) {
        const a = rest & 3;
        high *= cubic[4 * k + a]!;
        low *= linear[4 * k + a]!;
        node += a * strides[k]!;
      }
      nodes[s] = node;
      shares[s] = high - low;
    }
    return true;
  }
}
