import type { VectorLike } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import { type EmpiricalMeasure, empiricalView } from './empirical.ts';
import { atomsOf, type MeasureLike } from './measure.ts';
import { equalWeights, toProbabilities } from './weights.ts';

/**
 * Σ_k λ_k μ_k: the atoms of all parts, one after the other. O(Σ N_k p); compress it to bound the number of atoms.
 *
 * @param parts - at least one, of one dimension
 * @param weights - λ, nonnegative, scaled to total 1. Default: equal
 */
export function mixture(parts: readonly MeasureLike[], weights?: VectorLike): EmpiricalMeasure {
  if (!Array.isArray(parts) || parts.length === 0) throw new ArgumentError('parts', parts, 'at least one measure');
  const atoms = parts.map((part, k) => atomsOf(`parts[${k}]`, part));
  const shares = weights === undefined ? equalWeights(parts.length) : toProbabilities('weights', weights, parts.length);
  const p = atoms[0]!.dimension;
  const count = atoms.reduce((sum, part) => sum + part.count, 0);
  const particles = new Float64Array(count * p);
  const masses = new Float64Array(count);
  let offset = 0;
  atoms.forEach((part, k) => {
    if (part.dimension !== p)
      throw new ArgumentError(`parts[${k}].dimension`, part.dimension, `${p}, the dimension of parts[0]`);
    particles.set(part.particles, offset * p);
    for (let i = 0; i < part.count; i++) masses[offset + i] = shares[k]! * part.weights[i]!;
    offset += part.count;
  });
  return empiricalView(particles, p, masses);
}
