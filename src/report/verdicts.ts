import type { PhaseReport, Verdict, VerifyReport } from './types.ts';

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** How many claims hold, fail and are undecided. */
export function countVerdicts(phases: readonly PhaseReport[]): VerdictCounts {
  const counts = { holds: 0, fails: 0, undecided: 0 };
  for (const { claims } of phases) for (const { verdict } of claims) counts[verdict]++;
  return counts;
}

/** The whole report's verdict: one claim that fails decides it, and an undecided one keeps it from holding. */
export function overallVerdict({ phases }: VerifyReport): Verdict {
  const counts = countVerdicts(phases);
  if (counts.fails > 0) return 'fails';
  return counts.undecided > 0 || counts.holds === 0 ? 'undecided' : 'holds';
}

/** The result in a sentence. */
export function headline({ phases }: VerifyReport): string {
  const { holds, fails, undecided } = countVerdicts(phases);
  const total = holds + fails + undecided;
  if (total === 0) return 'No claim was checked.';
  if (holds === total) return total === 1 ? 'The claim holds.' : `All ${total} claims hold.`;
  const others = [holds > 0 && `${holds} ${holds === 1 ? 'holds' : 'hold'}`].filter(Boolean);
  if (fails > 0) {
    if (undecided > 0) others.push(`${undecided} ${undecided === 1 ? 'is' : 'are'} undecided`);
    return sentence(`${fails} of ${total} claims ${fails === 1 ? 'fails' : 'fail'}`, others);
  }
  return sentence(`No claim fails, but ${undecided} of ${total} ${undecided === 1 ? 'is' : 'are'} undecided`, others);
}

function sentence(start: string, others: readonly (string | false)[]): string {
  return others.length === 0 ? `${start}.` : `${start}; ${others.join(', ')}.`;
}
