import type { CloudJump } from '../../process/evaluate-jump.ts';
import type { JumpContext } from '../../process/jump.ts';
import { type CloudProcess, overCloud } from '../../process/over-cloud.ts';

/**
 * The statistic of a cloud whose particles move one at a time, in O(mp) a move: s += (φ(x⁺) − φ(x))/N.
 *
 * Each move adds a rounding error of at most 2⁻⁵³(|s| + 6 max|φ|/N); a refresh from the cloud after every `max(N, 1024)` moves
 * bounds their sum (docs/theory.md, section 8.2) at O(mp) amortized a move.
 */
export class RunningStatistic {
  readonly values: Float64Array;
  private readonly before: Float64Array;
  private readonly after: Float64Array;
  private readonly x: Float64Array;
  private readonly one = new Int32Array(1);
  private readonly single: CloudProcess;
  private readonly refreshEvery: number;
  moves = 0;

  constructor(private readonly process: CloudProcess) {
    const m = process.statisticSize;
    this.values = new Float64Array(m);
    this.before = new Float64Array(m);
    this.after = new Float64Array(m);
    this.x = new Float64Array(process.dimension);
    this.single = overCloud(process.process, 1);
    this.refreshEvery = Math.max(process.count, 1024);
  }

  /** Recomputes it from the cloud. */
  refresh(cloud: Float64Array): void {
    this.process.statisticInto(cloud, this.values);
    this.moves = 0;
  }

  /** Call before particle i moves. */
  leave(cloud: Float64Array, i: number): void {
    if (this.values.length > 0) this.featureInto(cloud, i, this.before);
  }

  /** Call after particle i has moved. */
  enter(cloud: Float64Array, i: number): void {
    if (this.values.length === 0) return;
    if (++this.moves >= this.refreshEvery) {
      this.refresh(cloud);
      return;
    }
    this.featureInto(cloud, i, this.after);
    const weight = 1 / this.process.count;
    for (let j = 0; j < this.values.length; j++) this.values[j]! += weight * (this.after[j]! - this.before[j]!);
  }

  /** Makes a jump of particle i, which sees the statistic before it. */
  jump(jump: CloudJump, cloud: Float64Array, i: number, t: number, context: JumpContext): void {
    const { values, after, one } = this;
    if (jump.applyFollowed === undefined) {
      this.leave(cloud, i);
      jump.apply(cloud, i, values, t, context);
      this.enter(cloud, i);
      return;
    }
    one[0] = i;
    after.fill(0);
    jump.applyFollowed(cloud, one, 1, values, t, context, after);
    if (++this.moves >= this.refreshEvery) {
      this.refresh(cloud);
      return;
    }
    const weight = 1 / this.process.count;
    for (let j = 0; j < values.length; j++) values[j]! += weight * after[j]!;
  }

  private featureInto(cloud: Float64Array, i: number, out: Float64Array): void {
    const p = this.x.length;
    for (let j = 0; j < p; j++) this.x[j] = cloud[i * p + j]!;
    this.single.statisticInto(this.x, out);
  }
}
