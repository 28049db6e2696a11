import { argsort } from '../../measure/argsort.ts';
import { type Stream, sobolInto, sobolSequence } from '../../random/index.ts';

/**
 * One point of the unit cube for each of N particles in order, such that place in the order and point are spread evenly together: scrambled
 * Sobol points, sorted by a first coordinate that is then dropped (P. L'Ecuyer, C. Lécot, B. Tuffin, A randomized
 * quasi-Monte Carlo simulation method for Markov chains, Oper. Res. 56, 2008). Each point is uniform, so that expectations are
 * unbiased, and a stretch of 2^k particles has points that are evenly spread among themselves. O(N·dimension).
 *
 * @returns `[count, dimension]`, row i for the i-th particle of the order
 */
export function spreadPoints(rng: Stream, count: number, dimension: number): Float64Array {
  const points = new Float64Array(count * (dimension + 1));
  sobolInto(sobolSequence({ dimension: dimension + 1, rng }), 0, count, points);
  const places = new Float64Array(count);
  for (let i = 0; i < count; i++) places[i] = points[i * (dimension + 1)]!;
  const out = new Float64Array(count * dimension);
  argsort(places).forEach((from, i) => {
    for (let k = 0; k < dimension; k++) out[i * dimension + k] = points[from * (dimension + 1) + 1 + k]!;
  });
  return out;
}
