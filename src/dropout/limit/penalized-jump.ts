import type { NeuronKernel } from '../../kernels/index.ts';
import { type LearningTask, squaredLoss, type Team } from '../../network/index.ts';
import { constantRate, type DeferredJumps, type JumpMap, jumpMap, type MeanFieldProcess } from '../../process/index.ts';
import { networkStatistic } from './features.ts';
import { type PartnerSums, partnerSums } from './partner-sums.ts';

/** Jumping neurons taken at a time: bounds the residuals that are held at once. */
const CHUNK = 256;

/**
 * Jumps x ↦ x - α Dφ(x)ᵀ r(S) at rate 1/α with S = (φ(x) + Σ φ(Y_j))/c over Poisson(c) partners Y_j, drawn afresh from the
 * cloud at each jump (docs/theory.md section 2). O((1 + c)mp) a jump. A partner may be the neuron itself, with
 * probability 1/N: of the order of the particle approximation.
 */
export function penalizedJumpProcess(
  task: LearningTask,
  { jumpSize, activeCount }: { readonly jumpSize: number; readonly activeCount: number },
  team?: Team,
): MeanFieldProcess {
  const { kernel, statistic } = networkStatistic(task, team);
  return {
    name: 'penalized-jump',
    dimension: task.neuron.dimension,
    statistic,
    jumps: [
      {
        name: 'update',
        rate: constantRate(1 / jumpSize),
        change: jumpMap(partnerJump(task, kernel, jumpSize, activeCount), { partners: true, statistic: false }),
      },
    ],
  };
}

function partnerJump(
  task: LearningTask,
  kernel: NeuronKernel,
  jumpSize: number,
  activeCount: number,
): Required<Pick<JumpMap, 'many' | 'deferred'>> {
  const m = task.neuron.samples;
  const { loss, targets, weights } = task;
  const partners = partnerSums(kernel, activeCount);
  const sums = new Float64Array(CHUNK * m);
  const own = new Float64Array(CHUNK * m);

  /** Of φ(x) + Σ φ(Y) of each neuron, in place of the sums. */
  function residuals(count: number): void {
    const squared = loss === squaredLoss;
    for (let a = 0, k = 0; a < count; a++)
      for (let j = 0; j < m; j++, k++) {
        const f = (own[k]! + sums[k]!) / activeCount;
        sums[k] = weights[j]! * (squared ? f - targets[j]! : loss.derivative(f, targets[j]!));
      }
  }

  /** The jumps of neurons whose partners have been drawn; partners are as in `source`. */
  function make(cloud: Float64Array, indices: Int32Array, source: Float64Array): void {
    const count = indices.length;
    sums.fill(0, 0, count * m);
    partners.addInto(source, count, sums);
    kernel.forward(cloud, indices, count, null);
    kernel.featuresInto(cloud, own);
    residuals(count);
    kernel.descendEach(cloud, sums, jumpSize);
    partners.drop(count);
  }

  return {
    many(cloud, indices, count, _s, _t, context) {
      partners.drop();
      for (let first = 0; first < count; first += CHUNK) {
        const chunk = indices.subarray(first, Math.min(first + CHUNK, count));
        for (let a = 0; a < chunk.length; a++) partners.draw(context);
        make(cloud, chunk, context.cloud);
      }
    },
    deferred: waitingJumps(partners, make),
  };
}

/**
 * Jumps wait until one of them would have a neuron that waits as its partner, or a neuron comes again: until then none depends on another,
 * and together they cost a fraction. About (N/(1 + c))^(1/2) at a time.
 */
function waitingJumps(
  partners: PartnerSums,
  make: (cloud: Float64Array, indices: Int32Array, source: Float64Array) => void,
): DeferredJumps {
  const waiting = new Int32Array(CHUNK);
  let length = 0;
  /** `round` for a neuron that waits. */
  let marked = new Int32Array(0);
  let round = 1;
  function flush(cloud: Float64Array): void {
    if (length === 0) return;
    const count = length;
    length = 0;
    round++;
    make(cloud, waiting.subarray(0, count), cloud);
  }
  return {
    clear() {
      partners.drop();
      length = 0;
      round++;
    },
    add(cloud, i, context) {
      if (marked.length < context.count) marked = new Int32Array(context.count);
      const met = partners.draw(context, marked, round);
      if (met || marked[i] === round || length === CHUNK) flush(cloud);
      waiting[length++] = i;
      marked[i] = round;
    },
    flush,
  };
}
