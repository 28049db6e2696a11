import { toVector, type VectorLike } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Displacement, JumpContext, JumpMap } from './jump.ts';

/** The jump x⁺ = x + by: a reaction's stoichiometry. Leaping schemes of weak order 2 for varying rates need this form. */
export function displacement(by: VectorLike): Displacement {
  return { kind: 'displacement', by: toVector('by', by) };
}

type MapFunction = NonNullable<JumpMap['particle']>;

/**
 * The jump that overwrites x by x⁺.
 *
 * @param map - the function for one particle, or `{ particle?, many?, manyFollowed? }` with a fast path for a list of particles, and one that follows the statistic
 * @param options - `partners: true` if it reads `context.cloud`; `statistic: false` if it never reads s
 */
export function jumpMap(
  map: MapFunction | Pick<JumpMap, 'particle' | 'many' | 'manyFollowed' | 'deferred'>,
  options: Pick<JumpMap, 'partners' | 'statistic'> = {},
): JumpMap {
  if (typeof map === 'function') return { ...options, kind: 'map', particle: map };
  if (!map?.particle && !map?.many)
    throw new ArgumentError('map', map, 'a function, or an object with particle or many');
  return { ...options, ...map, kind: 'map' };
}

/** The row of a partner drawn uniformly from the cloud (the jumping particle itself may be drawn): copies it into `out`. */
export function drawPartnerInto(context: JumpContext, out: Float64Array): void {
  const p = out.length;
  const start = Math.floor(context.rng.uniform() * context.count) * p;
  for (let j = 0; j < p; j++) out[j] = context.cloud[start + j]!;
}
