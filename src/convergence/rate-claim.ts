import type { Claim, Relation } from './claim.ts';
import { decideClaim, undecidedClaim } from './decide.ts';
import type { NoPowerLaw, PowerLaw } from './fit-power-law.ts';
import { short } from './log-errors.ts';

/**
 * The claim that an error falls with the predicted exponent, judged on a fitted power law; undecided, with the reason, when
 * the fit was refused. See decideClaim for the rule and its error probabilities.
 *
 * @param options.predicted - the exponent, e.g. −0.5
 * @param options.relation - `equals`, or `atMost` where theory gives an upper bound ("at least as fast")
 */
export function rateClaim(options: {
  readonly claim: string;
  readonly predicted: number;
  readonly fit: PowerLaw | NoPowerLaw;
  readonly margin: number;
  readonly relation?: Relation;
  readonly falseAlarm?: number;
  readonly miss?: number;
}): Claim {
  const { fit, ...rest } = options;
  if (!fit.fitted) return undecidedClaim({ ...rest, reason: fit.reason, factor: fit.factor });
  const { curvature } = fit;
  const bent =
    curvature && curvature.pValue < 0.01
      ? `the log-log curve bends (coefficient ${short(curvature.coefficient)} ± ${short(curvature.standardError)}): more than one term matters at these sizes`
      : undefined;
  return decideClaim({
    ...rest,
    estimate: fit.exponent,
    intervalAt: fit.intervalAt,
    ...(bent ? { detail: bent } : {}),
  });
}
