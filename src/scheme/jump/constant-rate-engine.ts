import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import type { CheckedDeferral } from '../../process/evaluate-jump.ts';
import type { Stream } from '../../random/stream.ts';
import { uniformInt } from '../../random/uniform-int.ts';
import type { SteppingProblem } from '../scheme.ts';
import { jumpContext, type MutableJumpContext } from './context.ts';
import { afterWaiting, type EventEngine } from './event-stepper.ts';
import { chooseConstant, totalConstantRate } from './ring-draw.ts';
import { RunningStatistic } from './running-statistic.ts';

/**
 * All rates constant: N particles ring at total rate NΣλ_k, a ring picks a particle uniformly and its kind with probability
 * proportional to λ_k. O(1) an event, and O(mp) for the statistic where a jump reads it: flat in N. docs/theory.md, section 6.
 */
export class ConstantRateEngine implements EventEngine {
  private readonly total: number;
  readonly expiry = Number.POSITIVE_INFINITY;
  private readonly ratePerParticle: number;
  private readonly statistic: RunningStatistic;
  private readonly follows: boolean;
  private readonly context: MutableJumpContext;
  private readonly markedStatistic: Float64Array;
  private markedMoves = 0;
  /** The one kind of jump, if it can be put off. */
  private readonly deferred: CheckedDeferral | undefined;

  /** @param defers - whether the caller flushes before anyone looks at the cloud: then jumps may be put off */
  constructor(
    private readonly problem: SteppingProblem,
    defers = false,
  ) {
    const { process, cloud, rng } = problem;
    this.ratePerParticle = totalConstantRate(process.jumps);
    this.total = process.count * this.ratePerParticle;
    this.statistic = new RunningStatistic(process);
    this.follows = process.jumps.some((jump) => jump.movesByStatistic);
    this.markedStatistic = new Float64Array(process.statisticSize);
    this.context = jumpContext(rng, cloud, process);
    if (defers && process.jumps.length === 1 && !this.follows) this.deferred = process.jumps[0]!.deferred;
  }

  timeOfNext(time: number, rng: Stream): number {
    return afterWaiting(time, this.total, rng);
  }

  rebuild(): void {
    this.deferred?.clear();
    if (this.follows) this.statistic.refresh(this.problem.cloud);
  }

  synchronize(): void {
    if (this.follows) this.statistic.refresh(this.problem.cloud);
  }

  fire(time: number, rng: Stream): boolean {
    const { statistic, context } = this;
    const { process, cloud } = this.problem;
    const { jumps } = process;
    const i = uniformInt(rng, process.count);
    const k = jumps.length === 1 ? 0 : chooseConstant(jumps, rng.uniform() * this.ratePerParticle);
    context.rng = rng;
    if (this.deferred !== undefined) this.deferred.add(cloud, i, time, context);
    else if (this.follows) statistic.jump(jumps[k]!, cloud, i, time, context);
    else jumps[k]!.apply(cloud, i, statistic.values, time, context);
    return true;
  }

  flush(): void {
    this.deferred?.flush(this.problem.cloud);
  }

  mark(): void {
    this.markedStatistic.set(this.statistic.values);
    this.markedMoves = this.statistic.moves;
  }

  rewind(): void {
    this.statistic.values.set(this.markedStatistic);
    this.statistic.moves = this.markedMoves;
  }

  save(out: ByteWriter): void {
    out.float64s(this.statistic.values);
    out.float64(this.statistic.moves);
  }

  load(from: ByteReader): void {
    from.float64sInto(this.statistic.values);
    this.statistic.moves = from.float64();
  }
}
