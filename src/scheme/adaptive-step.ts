import type { ByteReader, ByteWriter } from '../base/bytes.ts';
import { checkNumber } from '../base/check.ts';
import { StepFailure } from '../process/failure.ts';
import type { Interpolant, Scheme, SchemeInfo, Stepper, SteppingProblem } from './scheme.ts';

/** When a trial step is good enough, and how long steps may be. */
export interface StepControl {
  /** Allowed local error relative to the state. Default 1e-6. */
  readonly relativeTolerance?: number;
  /** Allowed local error near 0, in units of the state. Default 1e-9. */
  readonly absoluteTolerance?: number;
  /** First trial step, mean-field time. Default: chosen from the problem. */
  readonly initialStep?: number;
  /** Longest step, mean-field time. Default Infinity. */
  readonly maxStep?: number;
}

/** The body of an adaptive scheme. */
export interface TrialStep {
  /** Tries a step without moving `problem.cloud`; the error estimate divided by the tolerance: at most 1 is good enough. */
  attempt(from: number, to: number): number;
  /** Makes the last trial: moves `problem.cloud`. */
  accept(): void;
  /** A first step length to try at `time`. */
  guess(time: number): number;
  /** The cloud was changed from outside, or the time: drop what was cached. */
  reset(): void;
  interpolant?(): Interpolant;
}

/** Tolerances, with their defaults, checked. */
export function checkControl(control: StepControl = {}) {
  const absolute = checkNumber('absoluteTolerance', control.absoluteTolerance ?? 1e-9, { min: 0 });
  // With an absolute tolerance of 0 a state at 0 could never be good enough.
  const relative = checkNumber('relativeTolerance', control.relativeTolerance ?? 1e-6, {
    ...(absolute === 0 ? { above: 0 } : { min: 0 }),
    max: 1,
  });
  if (control.initialStep !== undefined) checkNumber('initialStep', control.initialStep, { above: 0 });
  const longest = control.maxStep ?? Number.POSITIVE_INFINITY;
  if (longest !== Number.POSITIVE_INFINITY) checkNumber('maxStep', longest, { above: 0 });
  return { relative, absolute, longest, initial: control.initialStep };
}

/**
 * Makes an adaptive scheme of a trial step whose error is O(h^errorOrder), with a proportional-integral controller (K. Gustafsson 1991;
 * Hairer, Nørsett, Wanner I, section II.4).
 */
export function adaptiveStep(
  info: SchemeInfo,
  control: StepControl,
  errorOrder: number,
  start: (problem: SteppingProblem) => TrialStep,
  refuses?: Scheme['refuses'],
): Scheme {
  const { longest, initial } = checkControl(control);
  return {
    info,
    ...(refuses && { refuses }),
    start: (problem) => new AdaptiveStepper(problem, start(problem), errorOrder, longest, initial),
  };
}

const SAFETY = 0.9;
const SMALLEST_FACTOR = 0.2;
const LARGEST_FACTOR = 5;

class AdaptiveStepper implements Stepper {
  time: number;
  readonly counters = { steps: 0, rejected: 0 };
  readonly repeatable = true;
  readonly interpolant?: () => Interpolant;
  /** next step to try; NaN before the first */
  private h = Number.NaN;
  private lastError = 1;
  private marked: { cloud: Float64Array; time: number; h: number; lastError: number; steps: number } | undefined;

  constructor(
    private readonly problem: SteppingProblem,
    private readonly body: TrialStep,
    private readonly errorOrder: number,
    private readonly longest: number,
    private readonly initial: number | undefined,
  ) {
    this.time = problem.time;
    if (body.interpolant) this.interpolant = () => body.interpolant!();
  }

  step(limit: number): void {
    const from = this.time;
    if (Number.isNaN(this.h)) this.h = this.initial ?? this.body.guess(from);
    let failure: StepFailure | undefined;
    for (;;) {
      const wanted = Math.min(this.h, this.longest);
      const cut = from + wanted >= limit - 1e-9 * wanted;
      const to = cut ? limit : from + wanted;
      if (wanted < 1e-14 * Math.max(Math.abs(from), Math.abs(limit - from)))
        throw failure ?? tooSmall(from, wanted, this.counters.rejected);
      let error = Number.POSITIVE_INFINITY;
      try {
        error = this.body.attempt(from, to);
      } catch (caught) {
        // A trial may leave the domain of the coefficients: a shorter one may not.
        if (!(caught instanceof StepFailure)) throw caught;
        failure = caught;
      }
      if (error <= 1) {
        this.body.accept();
        this.time = to;
        this.counters.steps++;
        const next = (to - from) * this.factor(error);
        this.h = cut ? Math.max(wanted, next) : next;
        this.lastError = Math.max(error, 1e-4);
        return;
      }
      this.counters.rejected++;
      const shrink = Number.isFinite(error) ? SAFETY * error ** (-1 / this.errorOrder) : SMALLEST_FACTOR;
      this.h = (to - from) * Math.max(SMALLEST_FACTOR, Math.min(SAFETY, shrink));
    }
  }

  private factor(error: number): number {
    const k = this.errorOrder;
    const raw = SAFETY * Math.max(error, 1e-10) ** (-0.7 / k) * this.lastError ** (0.4 / k);
    return Math.max(SMALLEST_FACTOR, Math.min(LARGEST_FACTOR, raw));
  }

  reset(time: number): void {
    this.time = time;
    this.lastError = 1;
    this.body.reset();
  }

  mark(): void {
    const { time, h, lastError } = this;
    const cloud = this.marked?.cloud ?? new Float64Array(this.problem.cloud.length);
    cloud.set(this.problem.cloud);
    this.marked = { cloud, time, h, lastError, steps: this.counters.steps };
  }

  rewind(): void {
    const { cloud, time, h, lastError, steps } = this.marked!;
    this.problem.cloud.set(cloud);
    this.time = time;
    this.h = h;
    this.lastError = lastError;
    this.counters.steps = steps;
    this.body.reset();
  }

  save(out: ByteWriter): void {
    for (const value of [this.time, this.h, this.lastError, this.counters.steps, this.counters.rejected])
      out.float64(value);
  }

  load(from: ByteReader): void {
    this.time = from.float64();
    this.h = from.float64();
    this.lastError = from.float64();
    this.counters.steps = from.float64();
    this.counters.rejected = from.float64();
    this.body.reset();
  }
}

function tooSmall(time: number, step: number, rejected: number): StepFailure {
  return new StepFailure(
    'stepTooSmall',
    time,
    `the step fell to ${step} after ${rejected} rejections; loosen the tolerance, or look for a singularity here`,
  );
}
