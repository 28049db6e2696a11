import { type EmpiricalMeasure, empiricalView } from './empirical.ts';
import { type GridMeasure, gridNodes } from './grid.ts';

/** The grid's nodes of positive mass as particles: the same measure, exactly. O(count · p). */
export function toEmpirical({ axes, dimension: p, weights }: GridMeasure): EmpiricalMeasure {
  const nodes = gridNodes(axes);
  const kept = Int32Array.from(weights, (_, i) => i).filter((i) => weights[i]! > 0);
  const particles = new Float64Array(kept.length * p);
  kept.forEach((i, s) => {
    particles.set(nodes.subarray(i * p, (i + 1) * p), s * p);
  });
  return empiricalView(
    particles,
    p,
    Float64Array.from(kept, (i) => weights[i]!),
  );
}
