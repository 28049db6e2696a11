import { ArgumentError } from '../../base/errors.ts';
import type { InitialLaw } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { GAUSS_HERMITE_NODES, gaussHermite } from './gauss-hermite.ts';
import type { Characteristics } from './representation.ts';

/** Weighted atoms, owned by whoever gets them. */
export interface Atoms {
  readonly particles: Float64Array;
  readonly weights: Float64Array;
}

/** Nodes and weights for μ₀. A fixed start gives its points, exactly. */
export function initialNodes(
  initial: InitialLaw,
  { nodes, points }: Pick<Characteristics, 'nodes' | 'points'>,
  rng: Stream | undefined,
): Atoms {
  if (initial.points !== undefined) {
    const { data, rows } = initial.points;
    return { particles: data.slice(), weights: new Float64Array(rows).fill(1 / rows) };
  }
  if (points === 'quadrature') return quadratureNodes(initial, nodes);
  const particles = new Float64Array(nodes * initial.dimension);
  if (points === 'monte-carlo') initial.sampleInto(rng!, nodes, particles);
  else if (initial.quasiSampleInto !== undefined) initial.quasiSampleInto(rng!, nodes, particles);
  else throw new ArgumentError('points', points, 'monte-carlo: this initial law has no quasi-random points');
  return { particles, weights: new Float64Array(nodes).fill(1 / nodes) };
}

/** The nodes a side of the largest tensor with at most `nodes` nodes; coordinates that do not vary take one. */
export function quadratureSide(initial: InitialLaw, nodes: number): number {
  const varying = initial.normal?.scales.filter((scale) => scale > 0).length ?? 0;
  if (varying === 0) return 1;
  const side = Math.floor(nodes ** (1 / varying) * (1 + 1e-12));
  return Math.min(side, GAUSS_HERMITE_NODES);
}

function quadratureNodes(initial: InitialLaw, nodes: number): Atoms {
  const { normal, dimension: p } = initial;
  if (normal === undefined)
    throw new ArgumentError('points', 'quadrature', 'sobol or monte-carlo: quadrature needs a normal initial law');
  const side = quadratureSide(initial, nodes);
  const rule = gaussHermite(side);
  const varying = Array.from(normal.scales, (scale) => scale > 0);
  const count = side ** varying.filter(Boolean).length;
  const particles = new Float64Array(count * p);
  const weights = new Float64Array(count).fill(1);
  for (let i = 0; i < count; i++)
    for (let k = p - 1, rest = i; k >= 0; k--) {
      const node = varying[k] ? rest % side : 0;
      if (varying[k]) {
        rest = Math.floor(rest / side);
        weights[i]! *= rule.weights[node]!;
      }
      particles[i * p + k] = normal.means[k]! + (varying[k] ? normal.scales[k]! * rule.nodes[node]! : 0);
    }
  return { particles, weights };
}
