import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import type { CloudJump } from '../../process/evaluate-jump.ts';
import { StepFailure } from '../../process/failure.ts';
import type { Stream } from '../../random/stream.ts';
import type { SteppingProblem } from '../scheme.ts';
import { jumpContext, type MutableJumpContext } from './context.ts';
import { afterWaiting, type EventEngine } from './event-stepper.ts';
import { RunningStatistic } from './running-statistic.ts';
import { SumTree } from './sum-tree.ts';

/** A rate may exceed its bound by this factor before it counts as a broken promise: rounding in the user's formulas. */
const SLACK = 1 + 1e-9;

/**
 * Rates that vary: a sum tree over the N·K (particle, jump) pairs holds the rates that are constant between events, and bounds of
 * those that are not; the latter are thinned. An event changes the leaves of its particle only: O(K log NK). Rates
 * of kind `state` that read the statistic change with every event, and cost O(N) then: give them a bound instead.
 */
export class VaryingRateEngine implements EventEngine {
  expiry = Number.POSITIVE_INFINITY;
  private readonly tree: SumTree;
  private readonly statistic: RunningStatistic;
  private readonly context: MutableJumpContext;
  private readonly row: Float64Array;
  private readonly followStatistic: readonly CloudJump[];
  private readonly window: number;
  private readonly marked: { weights: Float64Array; values: Float64Array; moves: number; expiry: number };

  constructor(private readonly problem: SteppingProblem) {
    const { process, cloud, rng } = problem;
    const { jumps, count } = process;
    this.tree = new SumTree(count * jumps.length);
    this.statistic = new RunningStatistic(process);
    this.context = jumpContext(rng, cloud, process);
    this.row = new Float64Array(process.dimension);
    this.followStatistic = jumps.filter((jump) => jump.rate.kind === 'state' && jump.readsStatistic);
    this.window = Math.min(...jumps.map(windowOf));
    this.marked = {
      weights: new Float64Array(count * jumps.length),
      values: new Float64Array(process.statisticSize),
      moves: 0,
      expiry: 0,
    };
  }

  timeOfNext(time: number, rng: Stream): number {
    return afterWaiting(time, this.tree.total, rng);
  }

  rebuild(time: number): void {
    const { process, cloud } = this.problem;
    this.statistic.refresh(cloud);
    this.expiry = time + this.window;
    for (const jump of process.jumps) this.weighAll(jump, time);
    this.tree.sumUp();
  }

  synchronize(): void {
    this.statistic.refresh(this.problem.cloud);
  }

  fire(time: number, rng: Stream): boolean {
    const { tree, statistic, context } = this;
    const { cloud, process } = this.problem;
    const { jumps } = process;
    const leaf = tree.find(rng.uniform() * tree.total);
    const i = Math.floor(leaf / jumps.length);
    const jump = jumps[leaf % jumps.length]!;
    if (jump.rate.kind === 'bounded') {
      const bound = tree.weight(leaf);
      const rate = jump.rateOf(cloud, i, statistic.values, time);
      if (rate > bound * SLACK) throw exceeded(jump, i, rate, bound, time);
      if (rng.uniform() * bound >= rate) return false;
    }
    context.rng = rng;
    statistic.leave(cloud, i);
    jump.apply(cloud, i, statistic.values, time, context);
    statistic.enter(cloud, i);
    for (const k of jump.affects) tree.set(i * jumps.length + k, this.weight(jumps[k]!, i, time));
    if (this.followStatistic.length > 0) {
      for (const follower of this.followStatistic) this.weighAll(follower, time);
      tree.sumUp();
    }
    return true;
  }

  private weighAll(jump: CloudJump, time: number): void {
    const { count, jumps } = this.problem.process;
    for (let i = 0; i < count; i++) this.tree.setLater(i * jumps.length + jump.index, this.weight(jump, i, time));
  }

  /** The rate or its bound. */
  private weight(jump: CloudJump, i: number, time: number): number {
    const { cloud } = this.problem;
    const { rate } = jump;
    if (rate.kind !== 'bounded') return jump.rateOf(cloud, i, this.statistic.values, time);
    if (typeof rate.bound === 'number') return rate.bound;
    const p = this.row.length;
    for (let j = 0; j < p; j++) this.row[j] = cloud[i * p + j]!;
    const bound = rate.bound(this.row, this.statistic.values, time, this.expiry - time);
    if (bound >= 0 && bound < Number.POSITIVE_INFINITY) return bound;
    throw new StepFailure('failed', time, `the bound of ${jump.label} is ${bound} for particle ${i}`);
  }

  mark(): void {
    this.tree.weightsInto(this.marked.weights);
    this.marked.values.set(this.statistic.values);
    this.marked.moves = this.statistic.moves;
    this.marked.expiry = this.expiry;
  }

  rewind(): void {
    this.tree.setWeights(this.marked.weights);
    this.statistic.values.set(this.marked.values);
    this.statistic.moves = this.marked.moves;
    this.expiry = this.marked.expiry;
  }

  save(out: ByteWriter): void {
    this.mark();
    out.float64s(this.marked.weights);
    out.float64s(this.marked.values);
    out.float64(this.marked.moves);
    out.float64(this.marked.expiry);
  }

  load(from: ByteReader): void {
    from.float64sInto(this.marked.weights);
    from.float64sInto(this.marked.values);
    this.marked.moves = from.float64();
    this.marked.expiry = from.float64();
    this.rewind();
  }
}

function windowOf({ rate }: CloudJump): number {
  return rate.kind === 'bounded' && typeof rate.bound === 'function'
    ? (rate.window ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;
}

/** A broken bound, with what to do about it. */
export function exceeded(jump: CloudJump, i: number, rate: number, bound: number, time: number): StepFailure {
  return new StepFailure(
    'failed',
    time,
    `the rate of ${jump.label} is ${rate} for particle ${i}, above its bound ${bound}; declare a higher bound or a shorter window`,
  );
}
