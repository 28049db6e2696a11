import type { LearningTask } from '../../network/index.ts';

/**
 * How the twins of a network's neurons move: from the same start, in proportion to how often the neuron is updated, but by residuals that
 * are fixed beforehand and so without the other neurons (docs/theory.md 11.1). A few samples answer for all of them.
 */
export interface TwinPlan {
  /** The samples that answer, S of them. */
  readonly samples: Int32Array;
  /** Residuals for the two halves of the run, `[2, S]`: at these samples they pull about as the limit's mean ones do at all. */
  readonly residuals: Float64Array;
  /** κ at these samples, or null. */
  readonly penalty: Float64Array | null;
  /** E φ(x₀) at these samples. */
  readonly startMean: Float64Array;
}

/** The clock of a network of dropout. */
export interface TwinClock {
  readonly learningRate: number;
  readonly keepRate: number;
  /** K. */
  readonly steps: number;
}

/** Features of a twin at a sample: φ at the start, after the first half of the steps and at the end, some times noise of its own clock. */
export const TWIN_PARTS = 6;
/** The first of them, φ(x₀), w₁φ(x₀) and w₂φ(x₀), have known means: that at the start, 0 and 0. */
export const KNOWN_PARTS = 3;

/** Neurons taken at a time. */
const BLOCK = 256;

/**
 * Twins of neurons. With c of K/2 updates made in a half, w = c/(qK/2) − 1 is the noise of a neuron's clock there; a twin x has the features φ(x₀), w₁φ(x₀), w₂φ(x₀), φ(x_½),
 * φ(x₁), w₂φ(x₁), at S samples each. They are functions of its own start and clock alone, so that those of different
 * neurons are independent, whatever the plan.
 */
export class Twins {
  /** 6S, the features of a twin. */
  readonly size: number;
  private readonly kernel;
  private readonly jump: number;
  private readonly cloud: Float64Array;
  private readonly pulls: Float64Array;
  /** φ at the start, after the first half and at the end, `[256, S]`. */
  private readonly first: Float64Array;
  private readonly middle: Float64Array;
  private readonly last: Float64Array;
  /** w₁ and w₂. */
  private readonly noise = [new Float64Array(BLOCK), new Float64Array(BLOCK)] as const;

  constructor(
    private readonly task: LearningTask,
    private readonly plan: TwinPlan,
    private readonly clock: TwinClock,
  ) {
    const S = plan.samples.length;
    this.size = TWIN_PARTS * S;
    this.kernel = task.neuron.kernel();
    this.kernel.select(plan.samples);
    this.jump = clock.learningRate / clock.keepRate;
    const { dimension: p } = task.neuron;
    this.cloud = new Float64Array(BLOCK * p);
    this.pulls = new Float64Array(BLOCK * p);
    this.first = new Float64Array(BLOCK * S);
    this.middle = new Float64Array(BLOCK * S);
    this.last = new Float64Array(BLOCK * S);
  }

  /** The mean features of a network's twins. `updates` is `[2, n]`, as `trainEnsemble` counts them. */
  meanInto(start: Float64Array, updates: Int32Array, out: Float64Array): void {
    const n = updates.length / 2;
    const { dimension: p } = this.task.neuron;
    out.fill(0);
    for (let first = 0; first < n; first += BLOCK) {
      const end = Math.min(first + BLOCK, n);
      this.follow(
        start.subarray(first * p, end * p),
        updates.subarray(first, end),
        updates.subarray(n + first, n + end),
      );
      this.addMeans(end - first, 1 / n, out);
    }
  }

  /** The features of at most 256 twins, `[count, 6S]`, which were updated `early` and `late` times. */
  featuresInto(start: Float64Array, early: Int32Array, late: Int32Array, out: Float64Array): void {
    this.follow(start, early, late);
    const { first, middle, last, noise } = this;
    const S = this.plan.samples.length;
    for (let a = 0, at = 0, write = 0; a < early.length; a++, write += 5 * S) {
      const [w1, w2] = [noise[0]![a]!, noise[1]![a]!];
      for (let j = 0; j < S; j++, at++, write++) {
        const phi = first[at]!;
        const end = last[at]!;
        out[write] = phi;
        out[write + S] = w1 * phi;
        out[write + 2 * S] = w2 * phi;
        out[write + 3 * S] = middle[at]!;
        out[write + 4 * S] = end;
        out[write + 5 * S] = w2 * end;
      }
    }
  }

  private addMeans(count: number, weight: number, out: Float64Array): void {
    const { first, middle, last, noise } = this;
    const [early, late] = noise;
    const S = this.plan.samples.length;
    for (let j = 0; j < S; j++) {
      let [s0, s1, s2, s3, s4, s5] = [0, 0, 0, 0, 0, 0];
      for (let a = 0, at = j; a < count; a++, at += S) {
        const phi = first[at]!;
        const end = last[at]!;
        s0 += phi;
        s1 += early[a]! * phi;
        s2 += late[a]! * phi;
        s3 += middle[at]!;
        s4 += end;
        s5 += late[a]! * end;
      }
      out[j]! += weight * s0;
      out[S + j]! += weight * s1;
      out[2 * S + j]! += weight * s2;
      out[3 * S + j]! += weight * s3;
      out[4 * S + j]! += weight * s4;
      out[5 * S + j]! += weight * s5;
    }
  }

  /** Moves twins from their start to the end, and keeps what they answer on the way and the noise of their clocks. */
  private follow(start: Float64Array, early: Int32Array, late: Int32Array): void {
    const { kernel, cloud, clock } = this;
    const respond = (into: Float64Array) => {
      kernel.forward(cloud, null, early.length, null);
      kernel.featuresInto(cloud, into);
    };
    const half = Math.floor(clock.steps / 2);
    cloud.set(start);
    respond(this.first);
    this.move(early, 0);
    respond(this.middle);
    this.move(late, 1);
    respond(this.last);
    this.noiseOf(early, half, this.noise[0]);
    this.noiseOf(late, clock.steps - half, this.noise[1]);
  }

  private noiseOf(updates: Int32Array, steps: number, out: Float64Array): void {
    const expected = steps * this.clock.keepRate;
    for (let a = 0; a < updates.length; a++) out[a] = expected > 0 ? updates[a]! / expected - 1 : 0;
  }

  /** One explicit step for the updates of a half together. */
  private move(updates: Int32Array, half: 0 | 1): void {
    const { kernel, cloud, pulls, plan, jump } = this;
    const { dimension: p } = this.task.neuron;
    const S = plan.samples.length;
    kernel.pullBackInto(cloud, plan.residuals.subarray(half * S, (half + 1) * S), plan.penalty, -jump, pulls);
    for (let a = 0, k = 0; a < updates.length; a++) {
      const times = updates[a]!;
      for (let j = 0; j < p; j++, k++) cloud[k]! += times * pulls[k]!;
    }
  }
}
