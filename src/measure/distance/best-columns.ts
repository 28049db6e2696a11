import type { CostMatrix } from './point-costs.ts';

/** Columns remembered for each row. */
const KEPT = 16;

/** The best column for a row and the runner-up, by reduced costs c_ij − v_j. Infinite and −1 where there is none. */
export interface Offer {
  column: number;
  least: number;
  secondColumn: number;
  second: number;
}

/**
 * Answers which columns are best for a row while the duals v only fall, so that reduced costs only rise: the sixteen best
 * columns of each row are remembered, with a bound that all others obeyed and keep obeying. Only when the remembered
 * ones have risen above it is the whole row read again. D. Bertsekas, Linear Network Optimization (1991), section 4.1.
 */
export class BestColumns {
  private readonly columns: Int32Array;
  private readonly costs: Float64Array;
  private readonly size: number;
  /** −∞ before the first look. */
  private readonly bound: Float64Array;
  private readonly buffer: Float64Array;
  /** The best ones of the row being read, one more than are kept. */
  private readonly best: Float64Array;
  private readonly where: Int32Array;

  constructor(private readonly matrix: CostMatrix) {
    this.size = Math.min(KEPT, matrix.columns);
    this.columns = new Int32Array(matrix.rows * this.size);
    this.costs = new Float64Array(matrix.rows * this.size);
    this.bound = new Float64Array(matrix.rows).fill(Number.NEGATIVE_INFINITY);
    this.buffer = new Float64Array(matrix.columns);
    this.best = new Float64Array(this.size + 1);
    this.where = new Int32Array(this.size + 1);
  }

  lookUp(i: number, v: Float64Array, offer: Offer): void {
    if (this.bound[i] !== Number.NEGATIVE_INFINITY) {
      this.recall(i, v, offer);
      if (offer.second <= this.bound[i]!) return;
    }
    this.read(i, v);
    this.recall(i, v, offer);
  }

  private recall(i: number, v: Float64Array, offer: Offer): void {
    const { columns, costs, size } = this;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let column = -1;
    let secondColumn = -1;
    for (let s = i * size; s < (i + 1) * size; s++) {
      const reduced = costs[s]! - v[columns[s]!]!;
      if (reduced >= second) continue;
      if (reduced < least) {
        second = least;
        secondColumn = column;
        least = reduced;
        column = columns[s]!;
      } else {
        second = reduced;
        secondColumn = columns[s]!;
      }
    }
    offer.column = column;
    offer.least = least;
    offer.secondColumn = secondColumn;
    offer.second = second;
  }

  private read(i: number, v: Float64Array): void {
    const { best, where, size } = this;
    const row = this.matrix.row(i, this.buffer);
    best.fill(Number.POSITIVE_INFINITY);
    let threshold = Number.POSITIVE_INFINITY;
    for (let j = 0; j < v.length; j++) {
      const reduced = row[j]! - v[j]!;
      if (reduced >= threshold) continue;
      let s = size;
      for (; s > 0 && best[s - 1]! > reduced; s--) {
        best[s] = best[s - 1]!;
        where[s] = where[s - 1]!;
      }
      best[s] = reduced;
      where[s] = j;
      threshold = best[size]!;
    }
    for (let s = 0; s < size; s++) {
      this.columns[i * size + s] = where[s]!;
      this.costs[i * size + s] = row[where[s]!]!;
    }
    this.bound[i] = best[size]!;
  }
}
