import { bracketedRoot } from '../../base/root.ts';

/** Nodes and weights of a rule for E g(X), X standard normal. */
export interface NormalQuadrature {
  /** Increasing. */
  readonly nodes: Float64Array;
  /** Positive, of sum 1. */
  readonly weights: Float64Array;
}

/** Most nodes of a rule: beyond, the polynomials overflow at the outermost nodes. */
export const GAUSS_HERMITE_NODES = 256;

/**
 * The Gauss–Hermite rule with n nodes for the standard normal law: exact for polynomials of degree below 2n. The roots of
 * He_n are 2π/√(4n + 2) apart at least, so half that step separates them. O(n²) values of He_n.
 *
 * @param n - in [1, 256]
 */
export function gaussHermite(n: number): NormalQuadrature {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  const step = Math.PI / Math.sqrt(4 * n + 2);
  for (let x = n % 2 === 0 ? 0 : step / 2, k = Math.ceil(n / 2); k < n; x += step) {
    const below = hermite(n, x);
    const above = hermite(n, x + step);
    if (below * above > 0) continue;
    const root = bracketedRoot((t) => hermite(n, t), x, below, x + step, above, 1e-15);
    nodes[k] = root;
    nodes[n - 1 - k] = -root;
    k++;
  }
  for (let k = 0; k < n; k++) weights[k] = 1 / (n * hermite(n - 1, nodes[k]!) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { nodes, weights: weights.map((weight) => weight / total) };
}

/** The Hermite polynomial of degree n that is orthonormal under the standard normal law. */
function hermite(n: number, x: number): number {
  let before = 0;
  let value = 1;
  for (let k = 0; k < n; k++) {
    const next = (x * value - Math.sqrt(k) * before) / Math.sqrt(k + 1);
    before = value;
    value = next;
  }
  return value;
}
