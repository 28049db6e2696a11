import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { PilotBatch } from './constants.ts';
import type { PilotDesign } from './design.ts';
import type { LimitsOfBatch } from './estimate.ts';
import { finalPredictions } from './limits.ts';
import { halvedPilots, type PilotMoments, pilotMoments } from './networks.ts';

/** The differences between limits that a width's part is taken apart from. */
type Differences = Pick<PilotBatch, 'penalty' | 'step' | 'jumpPenalized'>;

/** What pilot networks add to the differences between limits: the term of the width, and the fluctuation of each width. */
export function widthTerm(
  task: LearningTask,
  design: PilotDesign,
  differences: Differences,
  limits: LimitsOfBatch,
  options: { readonly horizon: number; readonly replicates: number; readonly rng: Stream },
): Pick<PilotBatch, 'width' | 'fluctuation'> {
  return design.line === 'keepRate'
    ? alongKeepRate(task, design, differences, options)
    : alongPenalty(task, design, differences, limits, options);
}

/**
 * With τ and q fixed the mean of a network is f(∞) + (W + vP)/n, v = (1 − q)/q, so a whole differs from its halves by
 * (W + vP)/(2n) at half width n.
 */
function alongKeepRate(
  task: LearningTask,
  { networks }: PilotDesign,
  { penalty }: Differences,
  options: Parameters<typeof halvedPilots>[2],
): Pick<PilotBatch, 'width' | 'fluctuation'> {
  const [half] = networks;
  const { narrow, wide, difference } = halvedPilots(task, half!, options);
  const v = (1 - half!.keepRate) / half!.keepRate;
  return {
    width: Array.from(difference, (d, j) => 2 * half!.width * d - v * penalty[j]!),
    fluctuation: [narrow.fluctuation, wide.fluctuation],
  };
}

/** With τ/q and λ_n fixed the mean of a network is that of penalized jumps, plus τS + W/n. */
function alongPenalty(
  task: LearningTask,
  { networks, jumpSize }: PilotDesign,
  { step, jumpPenalized }: Differences,
  limits: LimitsOfBatch,
  options: Parameters<typeof pilotMoments>[2],
): Pick<PilotBatch, 'width' | 'fluctuation'> {
  const limit = finalPredictions(limits['penalized-jump']);
  const moments = networks.map((pilot) =>
    pilotMoments(task, pilot, { ...options, rng: options.rng.split(pilot.width) }),
  );
  const terms = networks.map(({ width, learningRate, keepRate }, i) => {
    // A whole number of steps leaves τ/q a little off.
    const off = learningRate / keepRate - jumpSize;
    const { mean } = moments[i] as PilotMoments;
    return Array.from(
      mean,
      (value, j) => width * (value - limit[j]! - off * jumpPenalized[j]! - learningRate * step[j]!),
    );
  });
  return {
    width: terms[0]!.map((_, j) => terms.reduce((sum, term) => sum + term[j]! / terms.length, 0)),
    fluctuation: moments.map(({ fluctuation }) => fluctuation),
  };
}
