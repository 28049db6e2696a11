import { axisStep } from '../../measure/grid.ts';
import type { GridSpace } from './grid-law.ts';
import type { Potential } from './potential.ts';
import type { StrongStabilityMethod } from './ssp.ts';

/**
 * The conservative upwind scheme for ∂_t μ = ∇·(μ ∇U[μ]) on a grid, after J. A. Carrillo, A. Chertock, Y. Huang, A finite-volume method for
 * nonlinear nonlocal equations with a gradient flow structure (Commun. Comput. Phys. 17, 2015). Between nodes the velocity is −ΔU/h, so
 * that dE/dt = Σ_faces flux·ΔU ≤ 0 for the energy E whose first variation U is: the (penalized) risk falls on the grid as it
 * does in the limit. The mass at a face is that of the upwind cell with a central slope, bounded so that no face is negative: second
 * order, and positive for steps within half a cell of outflow. No mass crosses the boundary.
 */
export class FiniteVolume {
  private readonly values: Float64Array;
  private readonly strides: number[] = [];
  private readonly steps: readonly number[];

  constructor(
    private readonly space: GridSpace,
    private readonly potential: Potential,
  ) {
    this.values = new Float64Array(space.count);
    this.steps = space.axes.map(axisStep);
    let stride = space.count;
    for (const { count } of space.axes) this.strides.push((stride /= count));
  }

  /** Advances the masses by h in as many steps as positivity asks for; returns their number. */
  advance(masses: Float64Array, h: number, method: StrongStabilityMethod): number {
    let steps = 0;
    for (let left = h; left > 0; steps++) {
      this.potential(masses, this.values);
      const longest = (0.9 * method.limit) / Math.max(this.outflowRate(), Number.MIN_VALUE);
      const step = left <= longest ? left : left / Math.ceil(left / longest);
      if (!(step > 0)) break;
      this.step(masses, step, method);
      left = left <= longest ? 0 : left - step;
    }
    return steps;
  }

  private step(masses: Float64Array, h: number, { stages }: StrongStabilityMethod): void {
    const laws = [masses.slice()];
    const rates: Float64Array[] = [];
    stages.forEach(({ kept, moved }, s) => {
      rates.push(this.rateOf(laws[s]!));
      const next = new Float64Array(masses.length);
      kept.forEach((share, j) => {
        const law = laws[j]!;
        const rate = rates[j]!;
        const length = moved[j]! * h;
        if (share !== 0 || length !== 0)
          for (let i = 0; i < next.length; i++) next[i]! += share * law[i]! + length * rate[i]!;
      });
      // Positive but for rounding; what is cut is below it.
      for (let i = 0; i < next.length; i++) if (next[i]! < 0) next[i] = 0;
      laws.push(next);
    });
    masses.set(laws[stages.length]!);
  }

  /** dm/dt at every node. */
  private rateOf(masses: Float64Array): Float64Array {
    const out = new Float64Array(masses.length);
    this.potential(masses, this.values);
    this.space.axes.forEach(({ count }, k) => {
      this.addFluxes(masses, out, count, this.strides[k]!, this.steps[k]!);
    });
    return out;
  }

  private addFluxes(m: Float64Array, out: Float64Array, count: number, stride: number, h: number): void {
    const { values } = this;
    for (let block = 0; block < m.length; block += count * stride)
      for (let line = block; line < block + stride; line++) {
        let slope = 0;
        for (let i = 0, at = line; i < count - 1; i++, at += stride) {
          const here = m[at]!;
          const next = m[at + stride]!;
          const nextSlope = i < count - 2 ? bounded((m[at + 2 * stride]! - here) / 2, 2 * next) : 0;
          const velocity = (values[at]! - values[at + stride]!) / h;
          const mass = velocity > 0 ? here + slope / 2 : next - nextSlope / 2;
          const flux = (velocity * mass) / h;
          out[at]! -= flux;
          out[at + stride]! += flux;
          slope = nextSlope;
        }
      }
  }

  /**
   * The largest Σ_k 2 max|v_k|/h_k over the grid: the two faces of a cell along an axis hold no more than twice its mass, so an Euler
   * step below one over this leaves no cell negative.
   */
  private outflowRate(): number {
    let rate = 0;
    this.space.axes.forEach(({ count }, k) => {
      const stride = this.strides[k]!;
      const h = this.steps[k]!;
      let largest = 0;
      for (let block = 0; block < this.values.length; block += count * stride)
        for (let at = block; at < block + (count - 1) * stride; at++)
          largest = Math.max(largest, Math.abs(this.values[at + stride]! - this.values[at]!));
      rate += (2 * largest) / (h * h);
    });
    return rate;
  }
}

function bounded(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}
