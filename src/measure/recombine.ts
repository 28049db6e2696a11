import { nullSpace } from './null-space.ts';

/**
 * Carathéodory's theorem as an algorithm: changes the weights of the atoms `active` so that at most d of them stay
 * positive while Σ_i w_i a_i ∈ R^d stays, to rounding. In place; returns the atoms that stay.
 *
 * The atoms are tied into 2d groups, the groups' barycentres are recombined, the atoms of the groups that drop out are
 * discarded, and the rest goes on: O(nd + d³ log(n/d)). M. Tchernychova and T. Lyons, Carathéodory cubature measures
 * (2016), and C. Litterer and T. Lyons, High order recombination (2012).
 *
 * @param vectors - row-major `[N, d]`: the constraint vectors a_i; the first entry is 1, so that mass is kept
 * @param weights - `[N]`, positive on `active`
 */
export function recombineInto(vectors: Float64Array, d: number, weights: Float64Array, active: Int32Array): Int32Array {
  let atoms = active;
  while (atoms.length > d) {
    const groups = Math.min(2 * d, atoms.length);
    const barycentres = new Float64Array(groups * d);
    const masses = new Float64Array(groups);
    const start = (g: number) => Math.floor((g * atoms.length) / groups);
    for (let g = 0; g < groups; g++) {
      for (let s = start(g); s < start(g + 1); s++) {
        const i = atoms[s]!;
        masses[g]! += weights[i]!;
        for (let k = 0; k < d; k++) barycentres[g * d + k]! += weights[i]! * vectors[i * d + k]!;
      }
      for (let k = 0; k < d; k++) barycentres[g * d + k]! /= masses[g]!;
    }
    const before = masses.slice();
    eliminate(barycentres, groups, d, masses);
    const kept: number[] = [];
    for (let g = 0; g < groups; g++)
      for (let s = start(g); s < start(g + 1); s++) {
        const i = atoms[s]!;
        weights[i]! *= masses[g]! / before[g]!;
        if (weights[i]! > 0) kept.push(i);
      }
    atoms = Int32Array.from(kept);
  }
  return atoms;
}

/** Moves along null vectors of the n ≤ 2d points until n − d masses are 0. */
function eliminate(points: Float64Array, n: number, d: number, masses: Float64Array): void {
  if (n <= d) return;
  equilibrate(points, n, d);
  const basis = nullSpace(points, n, d);
  for (let j = 0; j < n - d; j++) {
    const v = basis.subarray(j * n, (j + 1) * n);
    const leaving = largestStep(v, masses);
    const step = masses[leaving]! / v[leaving]!;
    for (let i = 0; i < n; i++) masses[i] = Math.max(0, masses[i]! - step * v[i]!);
    masses[leaving] = 0;
    for (let l = j + 1; l < n - d; l++) {
      const u = basis.subarray(l * n, (l + 1) * n);
      const factor = u[leaving]! / v[leaving]!;
      for (let i = 0; i < n; i++) u[i]! -= factor * v[i]!;
      u[leaving] = 0;
      normalize(u);
    }
  }
}

/**
 * The point whose mass vanishes first along −v or along +v; of the two the one with the larger entry of v, because the
 * other null vectors are divided by it. Signs are mixed: the entries of v sum to 0.
 */
function largestStep(v: Float64Array, masses: Float64Array): number {
  let down = -1;
  let up = -1;
  for (let i = 0; i < v.length; i++) {
    if (masses[i] === 0) continue;
    if (v[i]! > 0 && (down < 0 || masses[i]! * v[down]! < masses[down]! * v[i]!)) down = i;
    if (v[i]! < 0 && (up < 0 || masses[i]! * v[up]! > masses[up]! * v[i]!)) up = i;
  }
  if (down < 0) return up;
  return up < 0 || v[down]! >= -v[up]! ? down : up;
}

/** Scales each coordinate to largest absolute value 1: the null space stays, its accuracy no longer depends on units. */
function equilibrate(points: Float64Array, n: number, d: number): void {
  for (let k = 0; k < d; k++) {
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(points[i * d + k]!));
    if (largest > 0) for (let i = 0; i < n; i++) points[i * d + k]! /= largest;
  }
}

function normalize(v: Float64Array): void {
  let largest = 0;
  for (const value of v) largest = Math.max(largest, Math.abs(value));
  if (largest > 0) for (let i = 0; i < v.length; i++) v[i]! /= largest;
}
