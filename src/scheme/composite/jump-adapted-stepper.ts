import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { ArgumentError } from '../../base/errors.ts';
import { bracketedRoot } from '../../base/root.ts';
import { overCloud } from '../../process/over-cloud.ts';
import { exponential } from '../../random/exponential.ts';
import { restoreStream, type Stream } from '../../random/stream.ts';
import { jumpContext, type MutableJumpContext } from '../jump/context.ts';
import type { EventEngine } from '../jump/event-stepper.ts';
import { eventEngine } from '../jump/exact-jumps.ts';
import type { Scheme, Stepper, SteppingProblem } from '../scheme.ts';
import { type Flow, flowOf } from './flow.ts';
import { isIntegrated } from './hazard.ts';
import { onlyJumps } from './parts.ts';

/** Precision of the time of a jump with integrated rate, relative to the step it falls into. */
const PRECISION = 1e-12;

/**
 * Flows from jump to jump. Constant and bounded rates come from an event engine, which says when the next candidate is due;
 * integrated ones fire when the hazard along the flow reaches an exponential variable, found by repeating the step.
 */
export class JumpAdaptedStepper implements Stepper {
  time: number;
  readonly counters = { steps: 0, events: 0, candidates: 0 };
  readonly repeatable = true;
  private readonly flow: Flow;
  private readonly engine: EventEngine;
  private readonly context: MutableJumpContext;
  private readonly s: Float64Array;
  private readonly rates: Float64Array;
  private rng: Stream;
  /** time of the next candidate of the engine; NaN when it has to be drawn */
  private next = Number.NaN;
  /** the hazard at which an integrated jump fires */
  private threshold: number;
  private readonly markedCloud: Float64Array;
  private marked:
    | {
        time: number;
        next: number;
        left: number;
        rng: Stream;
        counters: { steps: number; events: number; candidates: number };
      }
    | undefined;

  constructor(
    private readonly problem: SteppingProblem,
    continuous: Scheme,
  ) {
    const { process, count, statisticSize } = problem.process;
    if (problem.clocks && process.jumps?.some(({ rate }) => rate.kind !== 'constant'))
      throw new ArgumentError('noise', 'common', 'fresh for jump-adapted schemes unless all rates are constant');
    this.time = problem.time;
    this.rng = problem.rng.clone();
    this.flow = flowOf(problem, continuous);
    const drawn = onlyJumps(process, ({ rate }) => !isIntegrated(rate.kind));
    this.engine = eventEngine({ ...problem, process: overCloud(drawn, count) });
    this.engine.rebuild(this.time);
    this.context = jumpContext(this.rng, problem.cloud, problem.process);
    this.s = new Float64Array(statisticSize);
    this.rates = new Float64Array(this.flow.hazardous ? count : 0);
    this.markedCloud = new Float64Array(problem.cloud.length);
    this.threshold = exponential(this.rng);
  }

  step(limit: number): void {
    const { flow, engine } = this;
    if (Number.isNaN(this.next)) this.next = engine.timeOfNext(this.time, this.rng);
    const stop = Math.min(limit, this.next, engine.expiry);
    if (stop > this.time) {
      const from = this.time;
      if (flow.hazardous) flow.mark();
      flow.step(stop);
      this.counters.steps++;
      this.time = flow.time;
      if (flow.hazardous && flow.hazard >= this.threshold) {
        this.fireIntegrated(from);
        return;
      }
      if (this.time < stop) return;
    }
    if (this.time === this.next) this.fireDrawn();
    else if (this.time === engine.expiry) {
      engine.rebuild(this.time);
      this.next = Number.NaN;
    }
  }

  private fireDrawn(): void {
    this.engine.synchronize();
    this.counters.candidates++;
    if (this.engine.fire(this.time, this.rng)) this.jumped();
    this.next = Number.NaN;
  }

  /** The hazard passed the threshold since `from`: goes back, flows to that very moment, and jumps. */
  private fireIntegrated(from: number): void {
    const { flow } = this;
    const to = this.time;
    const excessAt = (time: number): number => {
      flow.rewind();
      while (flow.time < time) flow.step(time);
      return flow.hazard - this.threshold;
    };
    const atEnd = excessAt(to);
    flow.rewind();
    const tolerance = PRECISION * (to - from);
    const root = atEnd > 0 ? bracketedRoot(excessAt, from, flow.hazard - this.threshold, to, atEnd, tolerance) : to;
    excessAt(root);
    this.time = root;
    this.applyIntegrated();
    this.jumped();
  }

  /** One jump of integrated rate, of a particle and kind drawn in proportion to λ. */
  private applyIntegrated(): void {
    const { process, cloud } = this.problem;
    process.statisticInto(cloud, this.s);
    const integrated = process.jumps.filter(({ rate }) => isIntegrated(rate.kind));
    let total = 0;
    for (const jump of integrated) total += this.sumOfRates(jump);
    let target = this.rng.uniform() * total;
    for (const jump of integrated) {
      jump.ratesInto(cloud, this.s, this.time, this.rates);
      for (let i = 0; i < this.rates.length; i++) {
        target -= this.rates[i]!;
        if (target >= 0 || this.rates[i] === 0) continue;
        this.context.rng = this.rng;
        jump.apply(cloud, i, this.s, this.time, this.context);
        return;
      }
    }
  }

  private sumOfRates(jump: SteppingProblem['process']['jumps'][number]): number {
    jump.ratesInto(this.problem.cloud, this.s, this.time, this.rates);
    let sum = 0;
    for (let i = 0; i < this.rates.length; i++) sum += this.rates[i]!;
    return sum;
  }

  /** What is left to the threshold is exponential again, whatever has just happened: it may be drawn anew. */
  private jumped(): void {
    this.counters.events++;
    this.flow.reset(this.time);
    this.threshold = exponential(this.rng);
  }

  reset(time: number): void {
    this.time = time;
    this.flow.reset(time);
    this.engine.rebuild(time);
    this.next = Number.NaN;
    this.threshold = exponential(this.rng);
  }

  mark(): void {
    this.markedCloud.set(this.problem.cloud);
    const { time, next, threshold, flow, rng, counters } = this;
    this.marked = { time, next, left: threshold - flow.hazard, rng: rng.clone(), counters: { ...counters } };
    this.engine.mark();
  }

  rewind(): void {
    const { time, next, left, rng, counters } = this.marked!;
    this.problem.cloud.set(this.markedCloud);
    this.time = time;
    this.next = next;
    this.rng = rng.clone();
    Object.assign(this.counters, counters);
    this.engine.rewind();
    this.flow.reset(time);
    this.threshold = left;
  }

  save(out: ByteWriter): void {
    for (const value of [this.time, this.next, this.threshold, ...Object.values(this.counters)]) out.float64(value);
    out.blob(this.rng.save());
    this.flow.save(out);
    this.engine.save(out);
  }

  load(from: ByteReader): void {
    this.time = from.float64();
    this.next = from.float64();
    this.threshold = from.float64();
    for (const key of ['steps', 'events', 'candidates'] as const) this.counters[key] = from.float64();
    this.rng = restoreStream(from.blob());
    this.flow.load(from);
    this.engine.load(from);
  }
}
