import { asMatrix } from '../base/arrays.ts';
import type { Checkpointable } from '../base/bytes.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Outcome, OutcomeCode } from '../base/outcome.ts';
import { allFinite } from '../process/evaluate.ts';
import { StepFailure } from '../process/failure.ts';
import type { MeanFieldProcess } from '../process/process.ts';
import type { Interpolant, Stepper } from '../scheme/scheme.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { lookup } from './dense.ts';
import type { SolveEvent } from './event.ts';
import type { Solution, SolveOptions } from './options.ts';
import { type Prepared, prepare } from './prepare.ts';
import { Moment } from './snapshot.ts';
import { Watch } from './watch.ts';

/**
 * The loop behind `solve` and `solveAsync`, as a generator that yields after every step, so that the caller decides when to
 * let others work.
 */
export function* run<T>(process: MeanFieldProcess, options: SolveOptions<T>): Generator<void, Solution<T>, void> {
  const prepared = prepare(process, options);
  return yield* new Run(prepared, options).go();
}

class Run<T> {
  private readonly stepper: Stepper;
  private readonly moment: Moment;
  private readonly watch: Watch;
  private readonly saved: T[] = [];
  private readonly interpolants: Interpolant[] = [];
  private readonly checkFinite: boolean;
  private saveIndex = 0;
  private stepsMade = 0;
  private shown = -1;

  constructor(
    private readonly prepared: Prepared,
    private readonly options: SolveOptions<T>,
  ) {
    const { problem, scheme, until, from } = prepared;
    this.stepper = scheme.start(problem);
    this.moment = new Moment(problem.process, problem.cloud);
    this.watch = new Watch(options.events ?? [], this.moment, this.stepper, until - from);
    this.checkFinite = scheme.info.steps !== 'events';
    if (options.dense) requireInterpolant(this.stepper, scheme.info.name);
  }

  *go(): Generator<void, Solution<T>, void> {
    let outcome: Outcome;
    try {
      this.begin();
      const end = yield* this.loop();
      outcome = end;
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      outcome = this.outcome(error.code, error.message, error.time);
    }
    return this.solution(outcome);
  }

  private begin(): void {
    const { saveAt } = this.prepared;
    const { resume, events } = this.options;
    if (resume) {
      readCheckpoint(resume, this.identity(), this.prepared.problem.cloud, this.parts());
      while (this.saveIndex < saveAt.length && saveAt[this.saveIndex]! <= this.stepper.time) this.saveIndex++;
    } else {
      if (events?.length) this.watch.arm();
      this.saveIfDue();
    }
  }

  private *loop(): Generator<void, Outcome, void> {
    const { stepper } = this;
    const { until, saveAt, maxSteps, problem } = this.prepared;
    const { signal, events, checkpoint, dense } = this.options;
    const watching = (events?.length ?? 0) > 0;
    while (stepper.time < until) {
      if (signal?.aborted) return this.outcome('aborted', 'the signal asked for it');
      if (this.stepsMade >= maxSteps) return this.outcome('failed', `more than ${maxSteps} steps were needed`);
      const stop = this.saveIndex < saveAt.length ? saveAt[this.saveIndex]! : until;
      let ended: SolveEvent | undefined;
      if (watching) ended = this.watch.step(stop);
      else stepper.step(stop);
      this.stepsMade++;
      if (this.checkFinite && !allFinite(problem.cloud))
        return this.outcome('diverged', 'the state is no longer finite; shorten the step or check the problem');
      if (dense) this.interpolants.push(stepper.interpolant!());
      problem.brownian.forgetBefore(stepper.time);
      this.saveIfDue();
      if (ended) return this.outcome('terminated', `event ${ended.name}`);
      this.showProgress();
      if (checkpoint && this.stepsMade % checkpoint.every === 0) checkpoint.write(this.bytes());
      yield;
    }
    return this.outcome('completed', '');
  }

  private saveIfDue(): void {
    const { saveAt } = this.prepared;
    while (this.saveIndex < saveAt.length && saveAt[this.saveIndex]! <= this.stepper.time) {
      this.saved.push(this.options.save!(this.moment.moveTo(this.stepper.time, this.stepper.statistic?.())));
      this.saveIndex++;
    }
  }

  private showProgress(): void {
    const { from, until } = this.prepared;
    const percent = Math.floor((100 * (this.stepper.time - from)) / (until - from));
    if (percent === this.shown || !this.options.progress) return;
    this.shown = percent;
    this.options.progress((this.stepper.time - from) / (until - from));
  }

  private outcome(code: OutcomeCode, message: string, time = this.stepper.time): Outcome {
    const { steps, events } = this.stepper.counters;
    return { code, time, steps: steps ?? events ?? 0, message };
  }

  private solution(outcome: Outcome): Solution<T> {
    const { problem, saveAt } = this.prepared;
    const { count, dimension } = problem.process;
    const first = this.saveIndex - this.saved.length;
    const finalStatistic = allFinite(problem.cloud)
      ? this.moment.moveTo(outcome.time).statistic.slice()
      : new Float64Array(problem.process.statisticSize).fill(Number.NaN);
    return {
      outcome,
      times: saveAt.slice(first, this.saveIndex),
      saved: this.saved,
      final: asMatrix(problem.cloud.slice(), count, dimension),
      finalStatistic,
      statistics: { ...this.stepper.counters },
      ...(this.options.dense && { at: lookup(this.interpolants, count, dimension) }),
      checkpoint: () => this.bytes(),
    };
  }

  private bytes(): Uint8Array {
    return writeCheckpoint(this.identity(), this.prepared.problem.cloud, this.parts());
  }

  private identity() {
    const { process } = this.prepared.problem;
    const { count, dimension, statisticSize } = process;
    return { scheme: this.prepared.scheme.info.name, count, dimension, statisticSize };
  }

  private parts(): Checkpointable[] {
    const { brownian, process, clocks } = this.prepared.problem;
    return [this.stepper, this.watch, ...(process.noises > 0 ? [brownian] : []), ...(clocks ? [clocks] : [])];
  }
}

function requireInterpolant(stepper: Stepper, name: string): void {
  if (!stepper.interpolant)
    throw new ArgumentError('dense', true, `false for ${name}, which has no interpolant; dormandPrince has one`);
}
