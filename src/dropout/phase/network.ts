import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import {
  PHASE_IDS,
  type Phase,
  type PhaseId,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from './phase.ts';
import type { Rates } from './scaling.ts';

/** The constants in front of the orders of docs/theory.md section 4.4, in units of the predictions. Each defaults to 1. */
export interface ErrorConstants {
  /** Of n^(−1/2): the standard deviation of one network's predictions. */
  readonly fluctuation?: number | undefined;
  /** Of 1/n. */
  readonly width?: number | undefined;
  /** Of τ/q: jumps taken for a flow. */
  readonly jump?: number | undefined;
  /** Of τ: steps taken for continuous time. */
  readonly step?: number | undefined;
  /** Of λ_n = (1 − q)/(qn): the penalty left out. */
  readonly penalty?: number | undefined;
}

export interface NetworkOptions extends Rates {
  /** Number of neurons n ≥ 1. */
  readonly width: number;
  readonly constants?: ErrorConstants | undefined;
  /** A bias up to this much above the smallest one counts as equal. Default n^(−1/3) times `constants.fluctuation`. */
  readonly tolerance?: number | undefined;
}

/** The predicted error of one network against one limit. */
export interface PredictedError {
  /** The limit with its parameters matched to the network; null for a penalized limit at keep rate 1, where there is no penalty. */
  readonly limit: Phase | null;
  /** Standard deviation of the predictions: the same for all five. */
  readonly fluctuation: number;
  readonly bias: number;
  /** Root mean square error of the predictions: √(fluctuation² + bias²). */
  readonly error: number;
}

export interface ClassifiedNetwork {
  /** α = τ/q. */
  readonly jumpSize: number;
  /** qn, the mean number of active neurons. */
  readonly activeCount: number;
  /** λ_n = (1 − q)/(qn). */
  readonly penalty: number;
  /** The simplest limit whose bias is within the tolerance of the smallest. */
  readonly nearest: PhaseId;
  /** Predicted root mean square error of the predictions against each limit. */
  readonly errors: Readonly<Record<PhaseId, number>>;
  /** What `errors` is made of. */
  readonly details: Readonly<Record<PhaseId, PredictedError>>;
}

/**
 * Which of the five limits describes one finite network (docs/theory.md section 4.5), from predicted errors at a fixed horizon.
 *
 * Each limit gets the parameters that suit it best: τ and q themselves, α = τ/q, and c with 1/c = λ_n, so that the penalty is exact
 * (c = qn would put it off by 1/n). A more general limit is then hardly ever worse, so the nearest is the simplest one, in the order of
 * PHASE_IDS, whose bias exceeds the smallest by at most `tolerance`.
 */
export function classifyNetwork(options: NetworkOptions): ClassifiedNetwork {
  const n = checkInteger('width', options.width, { min: 1 });
  const tau = checkNumber('learningRate', options.learningRate, { above: 0 });
  const q = checkNumber('keepRate', options.keepRate, { above: 0, max: 1 });
  const constants = checkConstants(options.constants ?? {});
  const tolerance = checkNumber('tolerance', options.tolerance ?? constants.fluctuation * n ** (-1 / 3), { min: 0 });
  const jumpSize = tau / q;
  const activeCount = q * n;
  const penalty = (1 - q) / activeCount;
  if (!Number.isFinite(jumpSize + penalty))
    throw new ArgumentError('keepRate', q, 'large enough that learningRate / keepRate is a finite number');

  const fluctuation = constants.fluctuation / Math.sqrt(n);
  const common = constants.width / n;
  const jumpBias = constants.jump * jumpSize;
  const stepBias = constants.step * tau;
  const penaltyBias = constants.penalty * penalty;
  const matched = penalty > 0 ? 1 / penalty : null;
  const predicted = (limit: Phase | null, bias: number): PredictedError => ({
    limit,
    fluctuation,
    bias,
    error: Math.hypot(fluctuation, bias),
  });
  const details: Record<PhaseId, PredictedError> = {
    'gradient-flow': predicted(phaseGradientFlow(), common + jumpBias + penaltyBias),
    'poisson-jump': predicted(phasePoissonJump({ jumpSize }), common + stepBias + penaltyBias),
    'bernoulli-jump': predicted(phaseBernoulliJump({ learningRate: tau, keepRate: q }), common + penaltyBias),
    'penalized-flow': predicted(
      matched === null ? null : phasePenalizedFlow({ activeCount: matched }),
      common + jumpBias,
    ),
    'penalized-jump': predicted(
      matched === null ? null : phasePenalizedJump({ jumpSize, activeCount: matched }),
      common + stepBias,
    ),
  };
  const nearest = nearestLimit(details, tolerance);
  const errors = Object.fromEntries(PHASE_IDS.map((id) => [id, details[id].error])) as Record<PhaseId, number>;
  return { jumpSize, activeCount, penalty, nearest, errors, details };
}

/** The simplest limit whose bias exceeds the smallest of the five by at most `tolerance`. */
export function nearestLimit(
  details: Readonly<Record<PhaseId, Pick<PredictedError, 'limit' | 'bias'>>>,
  tolerance: number,
): PhaseId {
  const smallest = Math.min(...PHASE_IDS.map((id) => details[id].bias));
  return PHASE_IDS.find((id) => details[id].limit !== null && details[id].bias <= smallest + tolerance)!;
}

function checkConstants(constants: ErrorConstants) {
  const checked = (name: keyof ErrorConstants) => checkNumber(`constants.${name}`, constants[name] ?? 1, { min: 0 });
  return {
    fluctuation: checked('fluctuation'),
    width: checked('width'),
    jump: checked('jump'),
    step: checked('step'),
    penalty: checked('penalty'),
  };
}
