import type { LearningTask } from '../../network/index.ts';
import { coupledClock, type PoissonClock, poisson, poissonClock, type Stream, uniformInt } from '../../random/index.ts';
import type { LimitNeurons } from './limit-neurons.ts';

/** What the limit neurons of penalized jumps are made from. */
export interface PartneredNeuronsOptions {
  /** α, of the limit. */
  readonly jumpSize: number;
  /** c, of the limit. */
  readonly activeCount: number;
  /** τ and q of the finite network. */
  readonly learningRate: number;
  readonly keepRate: number;
  readonly rng: Stream;
}

/**
 * Limit neurons of penalized jumps whose partners are coupled to those of a finite network (docs/theory.md section 4.3). They start
 * at `neurons` `[n, p]` and move in place.
 *
 * Neuron j's clock rings R_j times in a step, Poisson(τ/α). The network has B_j = 1 if R_j ≥ 1, but for the additions of
 * `coupledClock`. The limit neuron i that rings has each j ≠ i as a partner R_j times, by its limit copy at the beginning of the
 * step; rings are thinned, or random partners added, if c/n is not τ/α. That makes Poisson(c(n - 1)/n) partners, and Poisson(c/n)
 * drawn uniformly from the copies make it Poisson(c). If B_j is Bernoulli(c/n), no coupling of B_j and a Poisson(c/n) number
 * agrees more often. A neuron's second ring in a step gets partners of its own.
 *
 * So S_c has exactly its conditional law, but for partners that neuron i, or what i depends on, has met before: of probability O(1/n).
 * Copies that meet are not independent, and partners are up to τ old. The law of a copy is O(1/n) from the limit's.
 */
export function partneredNeurons(
  task: LearningTask,
  neurons: Float64Array,
  options: PartneredNeuronsOptions,
): LimitNeurons {
  const { jumpSize, activeCount, learningRate, keepRate, rng } = options;
  const count = neurons.length / task.neuron.dimension;
  const clock = poissonClock({ count, rate: 1 / jumpSize, rng: rng.split('clock') });
  const rings = ringCounts(clock, learningRate);
  const jump = partnerJump(task, neurons, jumpSize, activeCount);
  const share = (activeCount / count) * (jumpSize / learningRate);
  const draws = rng.split('partners');
  const missing = activeCount * Math.max(0, 1 - 1 / share);
  let step = 0;

  function advance(): void {
    const { indices, times, size } = rings.next();
    if (size === 0) return;
    const stream = draws.split(step);
    const partners = share >= 1 ? times.slice(0, size) : thinned(stream, times, size, share);
    jump(indices, size, { common: partners, missing, stream });
    // Later rings of a step are rare: one after the other, with partners of their own.
    for (let a = 0; a < size; a++)
      for (let again = 1; again < times[a]!; again++)
        jump(indices.subarray(a, a + 1), 1, { common: undefined, missing: activeCount, stream });
  }

  return {
    masks: coupledClock(clock, { step: learningRate, keepRate, rng: rng.split('mask') }),
    advanceTo(t) {
      for (; (step + 0.5) * learningRate < t; step++) advance();
    },
  };
}

/** Each of the counted rings is kept with probability `share`. */
function thinned(rng: Stream, times: Int32Array, size: number, share: number): Int32Array {
  return times.slice(0, size).map((count) => {
    let kept = 0;
    for (let l = 0; l < count; l++) if (rng.uniform() < share) kept++;
    return kept;
  });
}

/** The neurons that ring in step after step, sorted, and how often. */
function ringCounts(clock: PoissonClock, step: number) {
  const walk = clock.walk();
  const counts = new Int32Array(clock.count);
  const indices = new Int32Array(clock.count);
  const times = new Int32Array(clock.count);
  let done = 0;
  return {
    next(): { indices: Int32Array; times: Int32Array; size: number } {
      let size = 0;
      for (const end = ++done * step; walk.time <= end; walk.next())
        if (counts[walk.particle]!++ === 0) indices[size++] = walk.particle;
      indices.subarray(0, size).sort();
      for (let a = 0; a < size; a++) {
        times[a] = counts[indices[a]!]!;
        counts[indices[a]!] = 0;
      }
      return { indices, times, size };
    },
  };
}

/** The partners of the neurons that jump at a step. */
interface Partners {
  /** How often each of the jumping neurons is a partner of the others; undefined: not at all. */
  readonly common: Int32Array | undefined;
  /** The mean number of partners to be drawn in place of others that the clocks do not give. */
  readonly missing: number;
  readonly stream: Stream;
}

/** x_i ← x_i - α Dφ(x_i)ᵀ r(S_i), S_i = (φ(x_i) + Σ_partners φ)/c, all of them from the states before. */
function partnerJump(task: LearningTask, neurons: Float64Array, jumpSize: number, activeCount: number) {
  const m = task.neuron.samples;
  const { loss, targets, weights } = task;
  const kernel = task.neuron.kernel();
  const count = neurons.length / task.neuron.dimension;
  let features = new Float64Array(0);
  const shared = new Float64Array(m);
  const sum = new Float64Array(m);
  const one = new Int32Array(1);
  const drawn = new Float64Array(m);

  /** Adds φ of Poisson(`mean`) uniformly drawn neurons. */
  function addDrawn(rng: Stream, mean: number, out: Float64Array): void {
    for (let left = poisson(rng, mean); left > 0; left--) {
      one[0] = uniformInt(rng, count);
      kernel.forward(neurons, one, 1, drawn);
      for (let j = 0; j < m; j++) out[j]! += drawn[j]!;
    }
  }

  return (indices: Int32Array, size: number, { common, missing, stream }: Partners): void => {
    if (features.length < size * m) features = new Float64Array(2 * size * m);
    const own = features.subarray(0, size * m);
    kernel.forward(neurons, indices, size, null);
    kernel.featuresInto(neurons, own);
    shared.fill(0);
    if (common !== undefined)
      for (let a = 0; a < size; a++) for (let j = 0; j < m; j++) shared[j]! += common[a]! * own[a * m + j]!;
    const residuals = new Float64Array(size * m);
    for (let a = 0; a < size; a++) {
      // The neuron sees itself once, however often it is a partner of others.
      const self = 1 - (common?.[a] ?? 0);
      for (let j = 0; j < m; j++) sum[j] = shared[j]! + self * own[a * m + j]!;
      addDrawn(stream, common === undefined ? missing : missing + (activeCount - missing) / count, sum);
      for (let j = 0; j < m; j++)
        residuals[a * m + j] = weights[j]! * loss.derivative(sum[j]! / activeCount, targets[j]!);
    }
    kernel.forward(neurons, indices, size, null);
    kernel.descendEach(neurons, residuals, jumpSize);
  };
}
