import type { LearningTask } from '../../network/index.ts';
import { constantRate, type JumpContext, jumpMap, type MeanFieldProcess } from '../../process/index.ts';
import { poisson, uniformInt } from '../../random/index.ts';
import { networkStatistic } from './features.ts';

/** Jumping neurons taken at a time: bounds the features that are held at once. */
const CHUNK = 256;

/**
 * Jumps x ↦ x - α Dφ(x)ᵀ r(S) at rate 1/α with S = (φ(x) + Σ φ(Y_j))/c over Poisson(c) partners Y_j, drawn afresh from the
 * cloud at each jump (docs/theory.md section 2). O((1 + c)mp) a jump. A partner may be the neuron itself, with
 * probability 1/N: of the order of the particle approximation.
 */
export function penalizedJumpProcess(
  task: LearningTask,
  { jumpSize, activeCount }: { readonly jumpSize: number; readonly activeCount: number },
): MeanFieldProcess {
  const { kernel, statistic } = networkStatistic(task);
  const jump = partnerJump(task, kernel, jumpSize, activeCount);
  return {
    name: 'penalized-jump',
    dimension: task.neuron.dimension,
    statistic,
    jumps: [
      {
        name: 'update',
        rate: constantRate(1 / jumpSize),
        change: jumpMap(
          {
            many(cloud, indices, count, _s, _t, context) {
              for (let first = 0; first < count; first += CHUNK)
                jump(cloud, indices.subarray(first, Math.min(first + CHUNK, count)), context);
            },
          },
          { partners: true },
        ),
      },
    ],
  };
}

function partnerJump(
  task: LearningTask,
  kernel: ReturnType<typeof networkStatistic>['kernel'],
  jumpSize: number,
  activeCount: number,
): (cloud: Float64Array, indices: Int32Array, context: JumpContext) => void {
  const m = task.neuron.samples;
  const { loss, targets, weights } = task;
  const counts = new Int32Array(CHUNK);
  let partners = new Int32Array(64);
  let sums = new Float64Array(0);
  let features = new Float64Array(0);

  function drawPartners({ rng, count }: JumpContext, jumpers: number): number {
    let total = 0;
    for (let a = 0; a < jumpers; a++) {
      const k = poisson(rng, activeCount);
      counts[a] = k;
      if (total + k > partners.length) {
        const larger = new Int32Array(2 * (total + k));
        larger.set(partners);
        partners = larger;
      }
      for (let l = 0; l < k; l++) partners[total++] = uniformInt(rng, count);
    }
    return total;
  }

  return (cloud, indices, context) => {
    const total = drawPartners(context, indices.length);
    if (features.length < total * m) features = new Float64Array(2 * total * m);
    if (sums.length < indices.length * m) sums = new Float64Array(CHUNK * m);
    if (total > 0) {
      kernel.forward(context.cloud, partners, total, null);
      kernel.featuresInto(context.cloud, features);
    }
    kernel.forward(cloud, indices, indices.length, null);
    kernel.featuresInto(cloud, sums);
    for (let a = 0, read = 0; a < indices.length; a++) {
      const row = a * m;
      for (let l = 0; l < counts[a]!; l++, read += m) for (let j = 0; j < m; j++) sums[row + j]! += features[read + j]!;
      for (let j = 0; j < m; j++)
        sums[row + j] = weights[j]! * loss.derivative(sums[row + j]! / activeCount, targets[j]!);
    }
    kernel.descendEach(cloud, sums, jumpSize);
  };
}
