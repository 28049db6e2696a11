import type { NeuronKernel } from '../../kernels/index.ts';
import type { LearningTask, Team } from '../../network/index.ts';
import { constantRate, type JumpContext, jumpMap, type MeanFieldProcess } from '../../process/index.ts';
import { networkStatistic } from './features.ts';
import { partnerSums } from './partner-sums.ts';

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
          { partners: true, statistic: false },
        ),
      },
    ],
  };
}

function partnerJump(
  task: LearningTask,
  kernel: NeuronKernel,
  jumpSize: number,
  activeCount: number,
): (cloud: Float64Array, indices: Int32Array, context: JumpContext) => void {
  const m = task.neuron.samples;
  const { loss, targets, weights } = task;
  const partners = partnerSums(kernel, activeCount);
  const sums = new Float64Array(CHUNK * m);
  const own = new Float64Array(CHUNK * m);
  return (cloud, indices, context) => {
    partners.draw(context, indices.length);
    sums.fill(0, 0, indices.length * m);
    partners.addInto(context.cloud, indices.length, sums);
    kernel.forward(cloud, indices, indices.length, null);
    kernel.featuresInto(cloud, own);
    for (let a = 0, k = 0; a < indices.length; a++)
      for (let j = 0; j < m; j++, k++)
        sums[k] = weights[j]! * loss.derivative((own[k]! + sums[k]!) / activeCount, targets[j]!);
    kernel.descendEach(cloud, sums, jumpSize);
  };
}
