import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { CloudJump } from '../../process/evaluate-jump.ts';
import type { PoissonClocks } from '../../process/noise/poisson.ts';
import type { SteppingProblem } from '../scheme.ts';
import { jumpContext, type MutableJumpContext } from './context.ts';
import type { EventEngine } from './event-stepper.ts';
import { IndexedHeap } from './indexed-heap.ts';
import { RunningStatistic } from './running-statistic.ts';

/**
 * Follows given Poisson clocks: pair (particle, jump) fires when its internal time ∫λ dt reaches the clock's next ring. A heap
 * holds the firing times: O(log NK) for each rate that changes. The modified next reaction method of D. F. Anderson,
 * J. Chem. Phys. 127 (2007) 214107.
 *
 * Per pair: `internal` = ∫λ dt up to `since`, `rate` = λ from then on, `ring` = internal time of the next ring.
 */
export class NextReactionEngine implements EventEngine {
  readonly expiry = Number.POSITIVE_INFINITY;
  private readonly internal: Float64Array;
  private readonly since: Float64Array;
  private readonly rate: Float64Array;
  private readonly ring: Float64Array;
  private readonly heap: IndexedHeap;
  private readonly statistic: RunningStatistic;
  private readonly context: MutableJumpContext;
  private readonly followStatistic: readonly CloudJump[];
  private readonly marked: Float64Array[];
  private markedMoves = 0;

  constructor(
    private readonly problem: SteppingProblem,
    private readonly clocks: PoissonClocks,
  ) {
    const { process, cloud, rng } = problem;
    const { jumps, count } = process;
    for (const { label, rate } of jumps)
      if (rate.kind === 'bounded')
        throw new ArgumentError('noise', 'common', `fresh for exact-jumps when a rate is thinned, as ${label} is`);
    const pairs = count * jumps.length;
    this.internal = new Float64Array(pairs);
    this.since = new Float64Array(pairs).fill(problem.time);
    this.rate = new Float64Array(pairs);
    this.ring = new Float64Array(pairs);
    for (let pair = 0; pair < pairs; pair++)
      this.ring[pair] = clocks.nextAfter(Math.floor(pair / jumps.length), pair % jumps.length, 0);
    this.heap = new IndexedHeap(new Float64Array(pairs));
    this.statistic = new RunningStatistic(process);
    this.context = jumpContext(rng, cloud, process);
    this.followStatistic = jumps.filter((jump) => jump.readsStatistic);
    this.marked = this.state().map((part) => new Float64Array(part.length));
  }

  timeOfNext(time: number): number {
    return Math.max(time, this.heap.times[this.heap.top]!);
  }

  rebuild(time: number): void {
    const { jumps, count } = this.problem.process;
    this.statistic.refresh(this.problem.cloud);
    for (let i = 0; i < count; i++) for (const jump of jumps) this.heap.times[this.reweigh(jump, i, time)] = this.due;
    this.heap.rebuild();
  }

  synchronize(): void {
    this.statistic.refresh(this.problem.cloud);
  }

  fire(time: number): boolean {
    const { statistic, context, heap, clocks } = this;
    const { cloud, process } = this.problem;
    const { jumps, count } = process;
    const pair = heap.top;
    const i = Math.floor(pair / jumps.length);
    const jump = jumps[pair % jumps.length]!;
    const u = this.ring[pair]!;
    if (jump.displacement === undefined) context.rng = clocks.marksAt(i, jump.index, u);
    this.internal[pair] = u;
    this.since[pair] = time;
    this.ring[pair] = clocks.nextAfter(i, jump.index, u);
    statistic.leave(cloud, i);
    jump.apply(cloud, i, statistic.values, time, context);
    statistic.enter(cloud, i);
    this.update(jump, i, time);
    for (const k of jump.affects) this.update(jumps[k]!, i, time);
    for (const follower of this.followStatistic) for (let j = 0; j < count; j++) this.update(follower, j, time);
    return true;
  }

  private update(jump: CloudJump, i: number, time: number): void {
    this.heap.set(this.reweigh(jump, i, time), this.due);
  }

  /** what `reweigh` found last: when its pair fires */
  private due = 0;

  private reweigh(jump: CloudJump, i: number, time: number): number {
    const pair = i * this.problem.process.jumps.length + jump.index;
    const rate = jump.rateOf(this.problem.cloud, i, this.statistic.values, time);
    if (rate !== this.rate[pair]) {
      this.internal[pair]! += this.rate[pair]! * (time - this.since[pair]!);
      this.since[pair] = time;
      this.rate[pair] = rate;
    }
    const left = Math.max(0, this.ring[pair]! - this.internal[pair]!);
    this.due = rate > 0 ? this.since[pair]! + left / rate : Number.POSITIVE_INFINITY;
    return pair;
  }

  mark(): void {
    this.state().forEach((part, k) => {
      this.marked[k]!.set(part);
    });
    this.markedMoves = this.statistic.moves;
  }

  rewind(): void {
    this.state().forEach((part, k) => {
      part.set(this.marked[k]!);
    });
    this.statistic.moves = this.markedMoves;
    this.heap.rebuild();
  }

  save(out: ByteWriter): void {
    for (const part of this.state()) out.float64s(part);
    out.float64(this.statistic.moves);
  }

  load(from: ByteReader): void {
    for (const part of this.state()) from.float64sInto(part);
    this.statistic.moves = from.float64();
    this.heap.rebuild();
  }

  private state(): Float64Array[] {
    return [this.internal, this.since, this.rate, this.ring, this.heap.times, this.statistic.values];
  }
}
