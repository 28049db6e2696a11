import type { MeanFieldProcess } from '../../src/process/index.ts';

/** Nodes of a rational Chebyshev grid of the whole line: x = SCALE·ξ/√(1 - ξ²), ξ the Chebyshev points. */
const COUNT = 56;
const SCALE = 2;
const ANGLES = Array.from({ length: COUNT }, (_, k) => ((2 * k + 1) * Math.PI) / (2 * COUNT));
const XI = ANGLES.map(Math.cos);
const BARYCENTRIC = ANGLES.map((angle, k) => (k % 2 === 0 ? 1 : -1) * Math.sin(angle));

export const NODES = Float64Array.from(XI, (xi) => (SCALE * xi) / Math.sqrt(1 - xi * xi));

/** The Lagrange basis at x: what a function on the line is there, from its values at the nodes. */
function basisAt(x: number): Float64Array {
  const xi = x / Math.hypot(x, SCALE);
  const at = XI.indexOf(xi);
  if (at >= 0) return Float64Array.from(XI, (_, k) => (k === at ? 1 : 0));
  const terms = Float64Array.from(XI, (node, k) => BARYCENTRIC[k]! / (xi - node));
  const sum = terms.reduce((a, b) => a + b);
  return terms.map((term) => term / sum);
}

/** d/dx at the nodes. */
const FIRST = XI.map((xi, i) => {
  const slope = (1 - xi * xi) ** 1.5 / SCALE;
  const row = Float64Array.from(XI, (node, k) => (k === i ? 0 : BARYCENTRIC[k]! / BARYCENTRIC[i]! / (xi - node)));
  row[i] = -row.reduce((a, b) => a + b);
  return row.map((v) => v * slope);
});
const SECOND = FIRST.map((row) =>
  Float64Array.from(row, (_, k) => row.reduce((sum, v, l) => sum + v * FIRST[l]![k]!, 0)),
);

/** Row i of the matrix A: (Lg)(x_i) = Σ_k A_ik g(x_k) for the generator L of a process on the line, the statistic being s. */
function generator(process: MeanFieldProcess, s: Float64Array): Float64Array[] {
  const rows = XI.map(() => new Float64Array(COUNT));
  const b = new Float64Array(COUNT);
  const sigma = new Float64Array(COUNT);
  process.drift?.cloud?.(NODES.slice(), COUNT, s, 0, b);
  process.diffusion?.cloud?.(NODES.slice(), COUNT, s, 0, sigma);
  rows.forEach((row, i) => {
    for (let k = 0; k < COUNT; k++) row[k] = b[i]! * FIRST[i]![k]! + 0.5 * sigma[i]! ** 2 * SECOND[i]![k]!;
  });
  for (const { rate, change } of process.jumps ?? []) {
    if (rate.kind !== 'constant' || change.kind !== 'map') throw new Error('a jump of another kind');
    const moved = NODES.slice();
    const all = Int32Array.from(XI.keys());
    change.many!(moved, all, COUNT, s, 0, { cloud: moved, count: COUNT } as never);
    rows.forEach((row, i) => {
      const target = basisAt(moved[i]!);
      for (let k = 0; k < COUNT; k++) row[k]! += rate.value * (target[k]! - (k === i ? 1 : 0));
    });
  }
  return rows;
}

/**
 * ∫φ dμ_T of a mean-field process on the line whose law starts with equal masses at `atoms`: the law is a vector w of weights at the
 * nodes with w' = A(s)ᵀw, s = Σ w_k φ(x_k), by RK4. Smooth functions are interpolated, so that there is no sampling
 * and no grid of the law: about eight digits.
 */
export function evolveOnLine(
  process: MeanFieldProcess,
  features: readonly Float64Array[],
  atoms: readonly number[],
  horizon: number,
  steps: number,
): Float64Array {
  let w = new Float64Array(COUNT);
  for (const x of atoms) {
    const basis = basisAt(x);
    w = w.map((v, k) => v + basis[k]! / atoms.length);
  }
  const statistic = (v: Float64Array) =>
    Float64Array.from(features, (phi) => phi.reduce((sum, value, k) => sum + value * v[k]!, 0));
  const rate = (v: Float64Array) => {
    const out = new Float64Array(COUNT);
    generator(process, statistic(v)).forEach((row, i) => {
      for (let k = 0; k < COUNT; k++) out[k]! += v[i]! * row[k]!;
    });
    return out;
  };
  const h = horizon / steps;
  const along = (k: Float64Array, f: number) => w.map((v, i) => v + f * k[i]!);
  for (let n = 0; n < steps; n++) {
    const k1 = rate(w);
    const k2 = rate(along(k1, h / 2));
    const k3 = rate(along(k2, h / 2));
    const k4 = rate(along(k3, h));
    w = w.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  return statistic(w);
}
