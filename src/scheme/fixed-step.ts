import type { ByteReader, ByteWriter } from '../base/bytes.ts';
import { checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Scheme, SchemeInfo, Stepper, SteppingProblem } from './scheme.ts';

/** The body of a fixed-step scheme: moves `problem.cloud` from one time to a later one, in one step. */
export interface OneStep {
  advance(from: number, to: number): void;
  /** The cloud was changed from outside: drop what was cached (a statistic, a first stage). */
  reset?(): void;
  /** s(μ) of the cloud now; see `Stepper`. */
  statistic?(): Float64Array;
  /** State besides the cloud, if there is any (streams that are drawn from, for example). */
  save?(out: ByteWriter): void;
  load?(from: ByteReader): void;
  /**
   * Nothing happens within a step, only at its end: then a save time within a cell doesn't cut it. Default false.
   */
  readonly indivisible?: boolean;
  /** Whether the same path is followed after a rewind. Default true; false for schemes that draw their own numbers. */
  readonly repeatable?: boolean;
}

/**
 * Makes a scheme of fixed step from the body of a step. The grid is anchored at the start (t₀ + kh, so that rounding does not
 * accumulate); a save time or an event within a cell cuts it into shorter steps, and the next step ends on the grid again.
 */
export function fixedStep(
  info: SchemeInfo,
  options: { readonly step: number },
  start: (problem: SteppingProblem) => OneStep,
  refuses?: Scheme['refuses'],
): Scheme {
  const h = checkNumber('step', options?.step, { above: 0 });
  return {
    info,
    ...(refuses && { refuses }),
    start: (problem) => new FixedStepper(problem, h, start(problem)),
  };
}

class FixedStepper implements Stepper {
  time: number;
  readonly counters = { steps: 0 };
  readonly repeatable: boolean;
  private origin: number;
  private cell = 0;
  readonly statistic: Stepper['statistic'];
  private marked: { time: number; origin: number; cell: number; steps: number; cloud: Float64Array } | undefined;

  constructor(
    private readonly problem: SteppingProblem,
    private readonly h: number,
    private readonly body: OneStep,
  ) {
    this.time = problem.time;
    this.origin = problem.time;
    this.repeatable = body.repeatable ?? true;
    this.statistic = body.statistic;
  }

  step(limit: number): void {
    const from = this.time;
    if (limit <= from) throw new ArgumentError('limit', limit, `after ${from}`);
    let next = this.origin + (this.cell + 1) * this.h;
    // A grid point that rounding puts next to the limit is the limit.
    const rounding = 1e-9 * this.h;
    const cut = next > limit + rounding;
    if (next >= limit - rounding) next = limit;
    this.time = next;
    if (cut && this.body.indivisible) return;
    this.body.advance(this.body.indivisible ? this.origin + this.cell * this.h : from, next);
    if (!cut) this.cell++;
    this.counters.steps++;
  }

  reset(time: number): void {
    if (time !== this.time) {
      this.origin = time;
      this.cell = 0;
      this.time = time;
    }
    this.body.reset?.();
  }

  mark(): void {
    const { time, origin, cell } = this;
    this.marked ??= { time, origin, cell, steps: 0, cloud: new Float64Array(this.problem.cloud.length) };
    this.marked.cloud.set(this.problem.cloud);
    Object.assign(this.marked, { time, origin, cell, steps: this.counters.steps });
  }

  rewind(): void {
    const marked = this.marked!;
    this.problem.cloud.set(marked.cloud);
    this.time = marked.time;
    this.origin = marked.origin;
    this.cell = marked.cell;
    this.counters.steps = marked.steps;
    this.body.reset?.();
  }

  save(out: ByteWriter): void {
    out.float64(this.time);
    out.float64(this.origin);
    out.float64(this.cell);
    out.float64(this.counters.steps);
    this.body.save?.(out);
  }

  load(from: ByteReader): void {
    this.time = from.float64();
    this.origin = from.float64();
    this.cell = from.float64();
    this.counters.steps = from.float64();
    this.body.reset?.();
    this.body.load?.(from);
  }
}
