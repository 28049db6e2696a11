import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { RunError } from '../../base/outcome.ts';
import type { NeuronKernel } from '../../kernels/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { bernoulliMasks, type MaskSource } from './masks.ts';
import { stepsWithin } from './prepare.ts';
import { REFRESH } from './random-geometry.ts';
import { segmentSumsInto } from './segment-sums.ts';

/** Options of `trainEnsemble`. */
export interface TrainEnsembleOptions {
  /** n ≥ 1. */
  readonly width: number;
  /** τ > 0, mean-field time a step. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
  /** Default `dropout`. */
  readonly variant?: 'dropout' | 'random-geometry';
  /** Mean-field time; the runs make round(horizon/τ) steps of exactly τ. */
  readonly horizon: number;
  /** One a network: names its start and its masks, as `rng` does for `train`. */
  readonly streams: readonly Stream[];
  /** Called with the start of each network, `[n, p]`: read only. */
  readonly started?: (network: number, particles: Float64Array) => void;
}

/** What an ensemble ends with; networks in the order of their streams. */
export interface EnsembleResult {
  /** F(μⁿ) of each network at the end, `[R, m]`. */
  readonly predictions: Float64Array;
  /**
   * Of random geometry: ∫ (f_B − F) dt of each network, τ times the sum over steps, `[R, m]`. Its mean is 0: each step's mask is drawn
   * after F is known. Empty for dropout.
   */
  readonly forwardNoise: Float64Array;
}

/** Up to this many active neurons a network go through the kernel together with those of other networks. */
const PACKED = 6;

/**
 * Trains many networks of the same width in lockstep; their final predictions are those of R calls of `train`, bit by bit for
 * perceptrons. Where few neurons are active (qn up to 6), those of all networks go through the kernel together and so fill it:
 * twice as fast as `train` at qn = 2. O(qnmp) expected a step and network. Takes Rnp numbers of memory, and 2Rqnm for features: 32 networks
 * or so at a time keep them in the processor's caches.
 *
 * Throws a RunError if a network diverges.
 */
export function trainEnsemble(task: LearningTask, options: TrainEnsembleOptions): EnsembleResult {
  const width = checkInteger('width', options.width, { min: 1, max: 2 ** 31 - 1 });
  const learningRate = checkNumber('learningRate', options.learningRate, { above: 0 });
  const keepRate = checkNumber('keepRate', options.keepRate, { above: 0, max: 1 });
  const variant = checkOneOf('variant', options.variant ?? 'dropout', ['dropout', 'random-geometry']);
  const steps = stepsWithin(checkNumber('horizon', options.horizon, { min: 0 }), learningRate);
  const ensemble = new Ensemble(task, width, keepRate, learningRate, options.streams);
  options.streams.forEach((_, r) => {
    options.started?.(r, ensemble.particlesOf(r));
  });
  const step = ensemble.stepOf(variant);
  for (let k = 0; k < steps; k++)
    if (!step(k))
      throw new RunError({
        code: 'diverged',
        time: k * learningRate,
        steps: k,
        message: `predictions stopped being finite at step ${k}; take a smaller learningRate / keepRate`,
      });
  return {
    predictions: ensemble.predictions(),
    forwardNoise: variant === 'dropout' ? new Float64Array(0) : ensemble.forwardNoise,
  };
}

/** One step of all networks. Returns false if a prediction is not finite. */
type EnsembleStep = (step: number) => boolean;

/** The networks' particles `[R, n, p]`, and what a step needs. */
class Ensemble {
  readonly forwardNoise: Float64Array;
  private readonly kernel: NeuronKernel;
  private readonly particles: Float64Array;
  private readonly masks: readonly MaskSource[];
  private readonly active: { readonly indices: Int32Array; count: number };
  /** Active neurons of all networks, as rows of `particles`, and where each network's begin. */
  private readonly indices: Int32Array;
  private readonly starts: Int32Array;
  private features = new Float64Array(0);
  private residuals = new Float64Array(0);
  private readonly forward: Float64Array;
  private readonly after: Float64Array;
  private readonly residual: Float64Array;
  /** Of random geometry: n F(μⁿ) of each network `[R, m]`, kept up to date, and the updates since it was summed. */
  private readonly sums: Float64Array;
  private readonly updates: Float64Array;

  constructor(
    private readonly task: LearningTask,
    private readonly width: number,
    private readonly keepRate: number,
    private readonly learningRate: number,
    streams: readonly Stream[],
  ) {
    const R = streams.length;
    const { dimension: p, samples: m } = task.neuron;
    this.kernel = task.neuron.kernel();
    this.particles = new Float64Array(R * width * p);
    streams.forEach((rng, r) => {
      task.initial.sampleInto(rng.split('start'), width, this.particlesOf(r));
    });
    this.masks = streams.map((rng) => bernoulliMasks(rng, width, keepRate));
    this.active = { indices: new Int32Array(width), count: 0 };
    this.indices = new Int32Array(R * width);
    this.starts = new Int32Array(R + 1);
    this.forward = new Float64Array(m);
    this.after = new Float64Array(m);
    this.residual = new Float64Array(m);
    this.sums = new Float64Array(R * m);
    this.updates = new Float64Array(R).fill(Number.POSITIVE_INFINITY);
    this.forwardNoise = new Float64Array(R * m);
  }

  stepOf(variant: 'dropout' | 'random-geometry'): EnsembleStep {
    const packed = this.keepRate * this.width <= PACKED;
    if (variant === 'dropout') return packed ? (k) => this.dropoutTogether(k) : (k) => this.dropoutEach(k);
    return packed ? (k) => this.geometryTogether(k) : (k) => this.geometryEach(k);
  }

  particlesOf(r: number): Float64Array {
    const size = this.width * this.task.neuron.dimension;
    return this.particles.subarray(r * size, (r + 1) * size);
  }

  /** x_i ← x_i - (τ/q) B_i Dφ(x_i)ᵀ r(f_B) in each network. */
  private dropoutTogether(step: number): boolean {
    const { kernel, particles, indices, forward, starts, masks } = this;
    const total = this.draw(step);
    kernel.forward(particles, indices, total, null);
    kernel.featuresInto(particles, this.features);
    const scale = 1 / (this.keepRate * this.width);
    for (let r = 0; r < masks.length; r++) {
      segmentSumsInto(this.features, starts[r]!, starts[r + 1]!, forward);
      if (!this.residualInto(scale, this.residuals, starts[r]! * forward.length)) return false;
      this.repeatResidual(r);
    }
    if (total > 0) kernel.descendEach(particles, this.residuals, this.learningRate / this.keepRate);
    return true;
  }

  /** The same, network by network. */
  private dropoutEach(step: number): boolean {
    const { kernel, particles, forward, starts, masks, residual } = this;
    this.draw(step);
    for (let r = 0; r < masks.length; r++) {
      const count = starts[r + 1]! - starts[r]!;
      kernel.forward(particles, this.indices.subarray(starts[r]!), count, forward);
      if (!this.residualInto(1 / (this.keepRate * this.width), residual, 0)) return false;
      if (count > 0) kernel.descend(particles, residual, this.learningRate / this.keepRate);
    }
    return true;
  }

  /** x_i ← x_i - (τ/q) B_i Dφ(x_i)ᵀ r(F(μⁿ)), F being changed by what active neurons add and take away. */
  private geometryTogether(step: number): boolean {
    const { kernel, particles, indices, forward, starts, masks } = this;
    const total = this.draw(step);
    for (let r = 0; r < masks.length; r++) {
      this.loadSum(r);
      if (!this.residualInto(1 / this.width, this.residuals, starts[r]! * forward.length)) return false;
      this.repeatResidual(r);
    }
    if (total > 0) {
      kernel.forward(particles, indices, total, null);
      kernel.featuresInto(particles, this.features);
      kernel.descendEach(particles, this.residuals, this.learningRate / this.keepRate);
      kernel.forward(particles, indices, total, null);
      kernel.featuresInto(particles, this.residuals);
    }
    for (let r = 0; r < masks.length; r++) {
      segmentSumsInto(this.features, starts[r]!, starts[r + 1]!, forward);
      segmentSumsInto(this.residuals, starts[r]!, starts[r + 1]!, this.after);
      this.moveSum(r);
    }
    return true;
  }

  /** The same, network by network. */
  private geometryEach(step: number): boolean {
    const { kernel, particles, forward, starts, masks, residual, after } = this;
    this.draw(step);
    for (let r = 0; r < masks.length; r++) {
      this.loadSum(r);
      if (!this.residualInto(1 / this.width, residual, 0)) return false;
      const count = starts[r + 1]! - starts[r]!;
      const active = this.indices.subarray(starts[r]!);
      kernel.forward(particles, active, count, forward);
      if (count > 0) kernel.descend(particles, residual, this.learningRate / this.keepRate);
      kernel.forward(particles, active, count, after);
      this.moveSum(r);
    }
    return true;
  }

  /** n F of network r into `forward`, summed from scratch when it is due. */
  private loadSum(r: number): void {
    const { sums, updates, forward } = this;
    const m = forward.length;
    const own = sums.subarray(r * m, (r + 1) * m);
    if (updates[r]! > REFRESH * this.width) {
      this.kernel.forward(this.particlesOf(r), null, this.width, own);
      updates[r] = 0;
    }
    forward.set(own);
  }

  /** `forward` and `after` are the sums over active neurons before and after their move. */
  private moveSum(r: number): void {
    const { sums, forward, after, starts, forwardNoise } = this;
    const m = forward.length;
    const weight = this.learningRate / (this.keepRate * this.width);
    const whole = this.learningRate / this.width;
    for (let j = 0, at = r * m; j < m; j++, at++) {
      forwardNoise[at]! += weight * forward[j]! - whole * sums[at]!;
      sums[at]! += after[j]! - forward[j]!;
    }
    this.updates[r]! += starts[r + 1]! - starts[r]!;
  }

  /** F(μⁿ), `[R, m]`. */
  predictions(): Float64Array {
    const m = this.forward.length;
    const out = new Float64Array(this.masks.length * m);
    for (let r = 0; r < this.masks.length; r++)
      this.kernel.forward(this.particlesOf(r), null, this.width, out.subarray(r * m, (r + 1) * m));
    for (let k = 0; k < out.length; k++) out[k]! /= this.width;
    return out;
  }

  /** Draws the masks of a step; returns the number of active neurons. */
  private draw(step: number): number {
    const { active, indices, starts, width, masks } = this;
    let total = 0;
    for (let r = 0; r < masks.length; r++) {
      starts[r] = total;
      masks[r]!.forwardInto(step, active);
      for (let a = 0; a < active.count; a++) indices[total++] = r * width + active.indices[a]!;
    }
    starts[masks.length] = total;
    // One row more than needed: a network without active neurons writes its residual too.
    const size = (total + 1) * this.forward.length;
    if (this.features.length < size) {
      this.features = new Float64Array(2 * size);
      this.residuals = new Float64Array(2 * size);
    }
    return total;
  }

  /** The residual of scale · `forward` into `out` at `first`. Returns false if it is not finite. */
  private residualInto(scale: number, out: Float64Array, first: number): boolean {
    const { forward } = this;
    const { loss, targets, weights } = this.task;
    let sum = 0;
    for (let j = 0; j < forward.length; j++) {
      const value = weights[j]! * loss.derivative(forward[j]! * scale, targets[j]!);
      out[(first + j) | 0] = value;
      sum += value;
    }
    return Number.isFinite(sum);
  }

  /** Copies the residual of network r from its first row to those of its other active neurons. */
  private repeatResidual(r: number): void {
    const { residuals, starts } = this;
    const m = this.forward.length;
    const first = starts[r]! * m;
    const end = starts[r + 1]! * m;
    for (let write = first + m; write < end; write += m) residuals.copyWithin(write, first, first + m);
  }
}
