import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import type { CloudJump } from '../../process/evaluate-jump.ts';
import type { JumpContext } from '../../process/jump.ts';
import type { CloudProcess } from '../../process/over-cloud.ts';

/** Moves, in multiples of the cloud's size, after which the statistic is computed afresh: that costs 1/64 of the moves. */
const REFRESH = 32;

/**
 * The statistic of a cloud of which a step moves a few particles: s += (Σ φ(x⁺) − Σ φ(x))/N over those that move, where the process
 * can sum over some of its particles and fewer than a third of them move; else it is computed afresh. Its drift is bounded
 * in docs/theory.md, section 8.2. O(mp) a move.
 */
export class ChangingStatistic {
  private readonly values: Float64Array;
  private readonly before: Float64Array;
  private readonly after: Float64Array;
  private moves = Number.POSITIVE_INFINITY;

  constructor(private readonly process: CloudProcess) {
    this.values = new Float64Array(process.statisticSize);
    this.before = new Float64Array(process.statisticSize);
    this.after = new Float64Array(process.statisticSize);
  }

  /** s of the cloud as it is; valid until the next call. */
  of(cloud: Float64Array): Float64Array {
    if (this.moves > REFRESH * this.process.count) {
      this.process.statisticInto(cloud, this.values);
      this.moves = 0;
    }
    return this.values;
  }

  /** Runs `move`, which changes the particles `indices[0 … count-1]` (distinct) and no others. */
  during(cloud: Float64Array, indices: Int32Array, count: number, move: () => void): void {
    const { values, before, after, process } = this;
    const { sumInto } = process;
    if (sumInto === undefined || 3 * count >= process.count) {
      this.forget();
      move();
      return;
    }
    if (count === 0) return;
    sumInto(cloud, indices, count, before);
    move();
    sumInto(cloud, indices, count, after);
    for (let j = 0; j < values.length; j++) values[j]! += (after[j]! - before[j]!) / process.count;
    this.moves += count;
  }

  /** Makes a jump of the particles `indices[0 … count-1]` (distinct). */
  jump(
    jump: CloudJump,
    cloud: Float64Array,
    indices: Int32Array,
    count: number,
    s: Float64Array,
    t: number,
    context: JumpContext,
  ): void {
    const { values, after, process } = this;
    if (jump.applyFollowed === undefined) {
      this.during(cloud, indices, count, () => jump.applyMany(cloud, indices, count, s, t, context));
      return;
    }
    after.fill(0);
    jump.applyFollowed(cloud, indices, count, s, t, context, after);
    for (let j = 0; j < values.length; j++) values[j]! += after[j]! / process.count;
    this.moves += count;
  }

  /** The cloud was changed otherwise. */
  forget(): void {
    this.moves = Number.POSITIVE_INFINITY;
  }

  save(out: ByteWriter): void {
    out.float64(this.moves);
    out.float64s(this.values);
  }

  load(from: ByteReader): void {
    this.moves = from.float64();
    from.float64sInto(this.values);
  }
}
