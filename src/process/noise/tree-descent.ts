import { checkNumber } from '../../base/check.ts';
import { halve } from './bridge.ts';
import type { NodeNormals } from './node-normals.ts';

/** All paths at one time, seen from the start of its cell: W and ∫W du since then. */
export interface PointOfTime {
  /** NaN before the first use */
  time: number;
  cell: number;
  /** where in the cell, in [0, 1) */
  fraction: number;
  readonly w: Float64Array;
  readonly integral: Float64Array;
}

/** A point that is nowhere yet. */
export function pointOfTime(paths: number): PointOfTime {
  const [w, integral] = [new Float64Array(paths), new Float64Array(paths)];
  return { time: Number.NaN, cell: 0, fraction: 0, w, integral };
}

/** All paths over one dyadic interval: W and ∫W du at its left end, since the start of the cell; its increment and area. */
interface Level {
  /** which of the 2^level intervals; −1 when nothing is known */
  index: number;
  readonly w: Float64Array;
  readonly integral: Float64Array;
  readonly increment: Float64Array;
  readonly area: Float64Array;
}

/** More than this many levels are not worth their memory. */
const MOST_KEPT = 24;

/** Goes down a tree of halved intervals to a time. The levels that the next question is likely to need again are kept. */
export class Descent {
  private readonly levels: Level[] = [];
  private cell = Number.NaN;
  private readonly node = { increment: 0, area: 0 };
  private readonly left = { increment: 0, area: 0 };
  private readonly right = { increment: 0, area: 0 };

  constructor(
    private readonly normals: NodeNormals,
    private readonly paths: number,
    private readonly unit: number,
    private readonly depth: number,
  ) {}

  /** Increment and area of path i over a whole cell, into `normals.first` and `normals.second`. */
  whole(i: number, cell: number): void {
    const { normals, unit } = this;
    normals.draw(i, cell, 0, 0);
    normals.first *= Math.sqrt(unit);
    normals.second *= Math.sqrt(unit / 12);
  }

  /** Writes all paths at `time` into `point`; keeps about `keep` levels. */
  locate(time: number, point: PointOfTime, keep: number): void {
    const scaled = time / this.unit;
    const cell = Math.floor(checkNumber('time', scaled, { min: -2147483648, below: 2147483648 }));
    point.time = time;
    point.cell = cell;
    point.fraction = scaled - cell;
    if (cell !== this.cell) for (const level of this.levels) level.index = -1;
    this.cell = cell;
    let level = this.keptLevel(0, 0);
    // `position` counts intervals of the level, with what is left as its fraction.
    let position = point.fraction;
    const last = Math.max(0, Math.min(keep, this.depth, MOST_KEPT));
    while (level < last && position !== Math.floor(position)) {
      position *= 2;
      level = this.keptLevel(level + 1, Math.floor(position));
    }
    this.finish(level, position, point);
  }

  /** Makes level `level` of the kept ones that of interval `index`, which lies in that of the level above. */
  private keptLevel(level: number, index: number): number {
    const { paths, normals, unit, node, left, right } = this;
    const own = (this.levels[level] ??= emptyLevel(paths));
    if (own.index === index) return level;
    own.index = index;
    if (level === 0) {
      for (let i = 0; i < paths; i++) {
        this.whole(i, this.cell);
        own.increment[i] = normals.first;
        own.area[i] = normals.second;
      }
      return level;
    }
    const above = this.levels[level - 1]!;
    const h = unit / 2 ** (level - 1);
    for (let i = 0; i < paths; i++) {
      normals.draw(i, this.cell, level, above.index);
      node.increment = above.increment[i]!;
      node.area = above.area[i]!;
      halve(h, node, normals.first, normals.second, left, right);
      const onRight = (index & 1) === 1;
      own.increment[i] = onRight ? right.increment : left.increment;
      own.area[i] = onRight ? right.area : left.area;
      const w = above.w[i]!;
      own.w[i] = onRight ? w + left.increment : w;
      own.integral[i] = above.integral[i]! + (onRight ? 0.5 * h * (w + 0.5 * left.increment + left.area) : 0);
    }
    return level;
  }

  /** The rest of the way to `position`, path by path, without keeping anything. */
  private finish(from: number, start: number, point: PointOfTime): void {
    const { paths, normals, unit, depth, cell, node, left, right } = this;
    const known = this.levels[from]!;
    for (let i = 0; i < paths; i++) {
      let w = known.w[i]!;
      let integral = known.integral[i]!;
      node.increment = known.increment[i]!;
      node.area = known.area[i]!;
      let position = start;
      let index = Math.floor(position);
      for (let level = from; level < depth && position !== index; level++) {
        const h = unit / 2 ** level;
        normals.draw(i, cell, level + 1, index);
        halve(h, node, normals.first, normals.second, left, right);
        position *= 2;
        index = Math.floor(position);
        const onRight = index % 2 === 1;
        if (onRight) {
          integral += 0.5 * h * (w + 0.5 * left.increment + left.area);
          w += left.increment;
        }
        node.increment = onRight ? right.increment : left.increment;
        node.area = onRight ? right.area : left.area;
      }
      // Below the finest level a straight line.
      const rest = position - index;
      const h = (unit / 2 ** depth) * rest;
      point.integral[i] = integral + h * (w + 0.5 * rest * node.increment);
      point.w[i] = w + rest * node.increment;
    }
  }
}

function emptyLevel(paths: number): Level {
  const [w, integral] = [new Float64Array(paths), new Float64Array(paths)];
  return { index: -1, w, integral, increment: new Float64Array(paths), area: new Float64Array(paths) };
}
