import type { Claim } from '../../convergence/index.ts';
import type { ClaimPower, ClaimReport } from '../../report/types.ts';

/** A claim as the report holds it. */
export function claimReport(id: string, claim: Claim, power?: ClaimPower): ClaimReport {
  const { predicted, relation, measured, interval, margin, falseAlarm, verdict, holds, needs, detail } = claim;
  return {
    claim: id,
    title: claim.claim,
    predicted,
    relation,
    measured: bounded(measured),
    interval: [bounded(interval[0]), bounded(interval[1])],
    margin,
    falseAlarm,
    verdict,
    holds,
    ...(needs === undefined ? {} : { needs }),
    detail,
    ...(power === undefined ? {} : { power }),
  };
}

/** JSON has no NaN and no infinity. */
function bounded(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
