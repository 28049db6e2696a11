import { normalQuantile, regularizedBeta, regularizedGammaQ } from '../../base/special-functions.ts';
import type { Stream } from '../../random/index.ts';

/** The numbers of rings of Poisson clocks on a dyadic grid. */
export interface RingCounts {
  /** Rings of clock i in cell k at i · cells + k. */
  readonly counts: Int32Array;
  /** How many cells the horizon is cut into: a power of two. */
  readonly cells: number;
  readonly horizon: number;
  /** Rings per unit of time. */
  readonly rate: number;
}

/** How near to 0 and 1 the argument of a normal quantile may come. */
const EDGE = 2 ** -53;

/**
 * Increments over the cells of standard Brownian motions that stay close to the compensated clocks (N_t - rate·t)/√rate: the dyadic
 * construction of Komlós, Major and Tusnády (Z. Wahrsch. verw. Geb. 32 (1975) 111–131). The total is coupled by quantiles, as
 * are the halves given the total, Binomial(K, ½) with the Brownian bridge, down to single cells. Each level errs by O(1) ring,
 * so the paths by O(log) rings at all the ends of cells; increments that were coupled cell by cell would drift √cells apart.
 *
 * The law is exactly Brownian: within an atom of the discrete law the quantile is uniform, by draws from `rng`.
 *
 * @returns `[cells, clocks]` row-major, cell by cell
 */
export function hungarianIncrements({ counts, cells, horizon, rate }: RingCounts, rng: Stream): Float64Array {
  const clocks = counts.length / cells;
  const out = new Float64Array(counts.length);
  const before = new Int32Array(cells + 1);
  const halves = halfCounts();
  const total = rate * horizon;
  const quantile = (below: number, upTo: number): number => {
    const u = below + (upTo - below) * rng.uniformOpen();
    return normalQuantile(Math.min(Math.max(u, EDGE), 1 - EDGE));
  };

  for (let i = 0; i < clocks; i++) {
    for (let k = 0; k < cells; k++) before[k + 1] = before[k]! + counts[i * cells + k]!;
    const split = (from: number, to: number, increment: number): void => {
      if (to - from === 1) {
        out[from * clocks + i] = increment;
        return;
      }
      const middle = (from + to) / 2;
      const cumulative = halves(before[to]! - before[from]!);
      const left = before[middle]! - before[from]!;
      const z = quantile(cumulative[left]!, cumulative[left + 1]!);
      const first = increment / 2 + (Math.sqrt((horizon * (to - from)) / cells) / 2) * z;
      split(from, middle, first);
      split(middle, to, increment - first);
    };
    const rings = before[cells]!;
    const z = quantile(rings === 0 ? 0 : regularizedGammaQ(rings, total), regularizedGammaQ(rings + 1, total));
    split(0, cells, Math.sqrt(horizon) * z);
  }
  return out;
}

/** For each K asked for: P(Binomial(K, ½) < k), k = 0 … K + 1. */
function halfCounts(): (K: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (K) => {
    let cumulative = known.get(K);
    if (cumulative === undefined) {
      cumulative = Float64Array.from({ length: K + 2 }, (_, k) =>
        k === 0 ? 0 : k > K ? 1 : regularizedBeta(0.5, K - k + 1, k),
      );
      known.set(K, cumulative);
    }
    return cumulative;
  };
}
