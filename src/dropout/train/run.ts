import { asMatrix } from '../../base/arrays.ts';
import type { Outcome, OutcomeCode } from '../../base/outcome.ts';
import type { Stream } from '../../random/index.ts';
import type { MaskSource } from './masks.ts';
import type { FiniteNetwork } from './network.ts';
import type { TrainResult, TrainSnapshot } from './options.ts';
import type { ActiveSet, VariantStep } from './step.ts';

/** Everything a run needs, checked; made by `prepareRun`. */
export interface RunPlan<T> {
  readonly network: FiniteNetwork;
  readonly step: VariantStep;
  readonly masksPerStep: 0 | 1 | 2;
  readonly masks: MaskSource;
  readonly steps: number;
  readonly batchSize: number;
  readonly batches: Stream;
  /** Increasing step numbers to save at. */
  readonly saveSteps: Int32Array;
  readonly save: ((snapshot: TrainSnapshot) => T) | undefined;
  readonly progress: ((fraction: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A run of training that can be advanced in slices. */
export class TrainingRun<T> {
  private done = 0;
  private code: OutcomeCode | null = null;
  private milliseconds = 0;
  private nextSave = 0;
  private readonly saved: T[] = [];
  private readonly times: number[] = [];
  private readonly active: ActiveSet;
  private readonly backward: ActiveSet;
  private readonly rows: Int32Array | null;
  private readonly predictions: Float64Array;
  /** Steps between two reports of progress: a hundredth of the run. */
  private readonly slice: number;

  constructor(private readonly plan: RunPlan<T>) {
    const { network, masksPerStep, batchSize } = plan;
    this.active = { indices: new Int32Array(masksPerStep > 0 ? network.width : 0), count: 0 };
    this.backward = { indices: new Int32Array(masksPerStep > 1 ? network.width : 0), count: 0 };
    const m = network.task.neuron.samples;
    this.rows = batchSize < m ? Int32Array.from({ length: m }, (_, j) => j) : null;
    this.predictions = new Float64Array(m);
    this.slice = Math.max(1, Math.floor(plan.steps / 100));
  }

  /** Works for about this many milliseconds. Returns true when the run is over. */
  advance(budget: number): boolean {
    const deadline = performance.now() + budget;
    this.saveIfDue();
    while (this.code === null) {
      if (this.plan.signal?.aborted) this.code = 'aborted';
      else if (this.done === this.plan.steps) this.code = 'completed';
      else {
        this.runTo(this.nextStop(), deadline);
        this.report();
        this.saveIfDue();
        if (this.code === null && this.done < this.plan.steps && performance.now() > deadline) return false;
      }
    }
    return true;
  }

  result(): TrainResult<T> {
    const { network } = this.plan;
    const finite = this.code !== 'diverged' && this.readPredictions();
    const time = this.done * network.learningRate;
    const outcome: Outcome = {
      code: finite ? (this.code ?? 'aborted') : 'diverged',
      time,
      steps: this.done,
      message: finite
        ? ''
        : `predictions stopped being finite at step ${this.done}; take a smaller learningRate / keepRate`,
    };
    return {
      outcome,
      times: Float64Array.from(this.times),
      saved: this.saved,
      particles: asMatrix(network.particles, network.width, network.task.neuron.dimension),
      predictions: finite ? this.predictions : new Float64Array(0),
      seconds: this.milliseconds / 1000,
    };
  }

  /** The next step at which something other than stepping is due: a save, a report, the end. */
  private nextStop(): number {
    const { saveSteps, steps, progress } = this.plan;
    const save = this.nextSave < saveSteps.length ? saveSteps[this.nextSave]! : steps;
    return progress === undefined ? save : Math.min(save, this.done + this.slice - (this.done % this.slice));
  }

  private report(): void {
    if (this.done % this.slice === 0 && this.code === null) this.plan.progress?.(this.done / this.plan.steps);
  }

  private runTo(last: number, deadline: number): void {
    const { step, masks, masksPerStep, signal } = this.plan;
    const start = performance.now();
    let now = start;
    while (this.done < last && now <= deadline && !signal?.aborted) {
      if (masksPerStep > 0) masks.forwardInto(this.done, this.active);
      if (masksPerStep > 1) masks.backwardInto(this.done, this.backward);
      if (this.rows !== null) this.drawBatch(this.rows);
      if (!step(this.active, this.backward)) {
        this.code = 'diverged';
        break;
      }
      this.done++;
      now = performance.now();
    }
    this.milliseconds += now - start;
  }

  /** The first `batchSize` entries of a partial Fisher–Yates shuffle. */
  private drawBatch(rows: Int32Array): void {
    const { batches, batchSize, network } = this.plan;
    for (let j = 0; j < batchSize; j++) {
      const other = j + Math.floor(batches.uniform() * (rows.length - j));
      const row = rows[other]!;
      rows[other] = rows[j]!;
      rows[j] = row;
    }
    network.useBatch(rows.subarray(0, batchSize));
  }

  private saveIfDue(): void {
    const { network, saveSteps, save } = this.plan;
    while (this.code === null && this.nextSave < saveSteps.length && saveSteps[this.nextSave] === this.done) {
      this.nextSave++;
      const time = this.done * network.learningRate;
      let fresh = false;
      const snapshot: TrainSnapshot = {
        time,
        step: this.done,
        particles: network.particles,
        width: network.width,
        predictions: () => {
          if (!fresh) fresh = this.readPredictions();
          return this.predictions;
        },
      };
      const value = save?.(snapshot);
      if (this.code !== null) return;
      this.times.push(time);
      this.saved.push(value as T);
    }
  }

  /** Returns false, and marks the run as diverged, if a prediction is not finite. */
  private readPredictions(): boolean {
    this.plan.network.predictionsInto(this.predictions);
    if (this.predictions.every(Number.isFinite)) return true;
    this.code = 'diverged';
    return false;
  }
}
