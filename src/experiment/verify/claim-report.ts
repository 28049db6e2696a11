import type { Claim } from '../../convergence/index.ts';
import type { ClaimReport } from '../../report/types.ts';

/** A claim as the report holds it. */
export function claimReport(id: string, claim: Claim): ClaimReport {
  const { predicted, relation, measured, interval, margin, falseAlarm, verdict, holds, needs, detail } = claim;
  return {
    claim: id,
    title: claim.claim,
    predicted,
    relation,
    measured,
    interval,
    margin,
    falseAlarm,
    verdict,
    holds,
    ...(needs === undefined ? {} : { needs }),
    detail,
  };
}
