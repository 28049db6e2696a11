import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Stream } from '../../random/stream.ts';
import type { BrownianSource } from './brownian.ts';
import { DEEPEST_LEVEL, nodeNormals } from './node-normals.ts';
import { Descent, type PointOfTime, pointOfTime } from './tree-descent.ts';

/** How fine a tree is. */
export interface BrownianTreeOptions {
  /** Length of the cells that are halved, mean-field time; best near the length of a run. Default 1. */
  readonly unit?: number;
  /** Times are told apart to unit·2^−depth; below that paths are straight lines. Default 40, at most 52. */
  readonly depth?: number;
}

/**
 * Brownian paths that are functions of the stream's name alone: any interval may be asked about at any time, with areas, and every
 * step size, scheme and width sees the same paths. Path i does not depend on how many paths there are.
 *
 * Time is cut into cells of length `unit`, each of which is halved again and again by a Brownian bridge of increment and
 * space-time area; the numbers of a node come from a counter-based generator. Increments add up to rounding.
 *
 * Cost of a question: two normals a path and level that was not visited by the last one; on a dyadic grid of step 2^−k·unit about
 * two levels a step, at other times `depth` − k. Memory: about k + 8 numbers a path.
 * J. G. Gaines, T. J. Lyons, SIAM J. Appl. Math. 57 (1997) 1455–1484; A. Jelinčič, J. Foster, P. Kidger 2024.
 */
export function brownianTree(rng: Stream, paths: number, options: BrownianTreeOptions = {}): BrownianSource {
  const unit = checkNumber('unit', options.unit ?? 1, { above: 0 });
  const depth = checkInteger('depth', options.depth ?? 40, { min: 1, max: DEEPEST_LEVEL });
  const normals = nodeNormals(rng);
  const descent = new Descent(normals, paths, unit, depth);
  let [start, end] = [pointOfTime(paths), pointOfTime(paths)];

  const locate = (time: number, point: PointOfTime, keep: number) => {
    if (point.time !== time) descent.locate(time, point, keep);
  };
  const visit = (from: number, to: number) => {
    checkNumber('from', from);
    if (!(to > from && to < Number.POSITIVE_INFINITY)) throw new ArgumentError('to', to, `a time after ${from}`);
    const keep = Math.ceil(Math.log2(unit / (to - from)));
    if (end.time === from) [start, end] = [end, start];
    locate(from, start, keep);
    locate(to, end, keep);
  };

  /** ΔW into `increment` and ∫(W_u − W_from) du into `integral`. */
  const between = (increment: Float64Array, integral: Float64Array) => {
    if (start.cell === end.cell) {
      const h = unit * (end.fraction - start.fraction);
      for (let i = 0; i < paths; i++) {
        increment[i] = end.w[i]! - start.w[i]!;
        integral[i] = end.integral[i]! - start.integral[i]! - h * start.w[i]!;
      }
      return;
    }
    const rest = unit * (1 - start.fraction);
    const head = unit * end.fraction;
    for (let i = 0; i < paths; i++) {
      descent.whole(i, start.cell);
      let w = normals.first - start.w[i]!;
      let sum = unit * (0.5 * normals.first + normals.second) - start.integral[i]! - rest * start.w[i]!;
      for (let cell = start.cell + 1; cell < end.cell; cell++) {
        descent.whole(i, cell);
        sum += unit * (w + 0.5 * normals.first + normals.second);
        w += normals.first;
      }
      integral[i] = sum + head * w + end.integral[i]!;
      increment[i] = w + end.w[i]!;
    }
  };
  const integral = new Float64Array(paths);

  return {
    paths,
    incrementInto(from, to, out) {
      visit(from, to);
      between(out, integral);
    },
    incrementAndAreaInto(from, to, increment, area) {
      visit(from, to);
      between(increment, area);
      for (let i = 0; i < paths; i++) area[i] = area[i]! / (to - from) - 0.5 * increment[i]!;
    },
    // The name is all there is to know.
    forgetBefore() {},
    save() {},
    load() {},
  };
}
