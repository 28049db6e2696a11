import { checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { chiSquareQuantile, chiSquareUpperQuantile } from '../base/special/chi-square.ts';
import { normalQuantile } from '../base/special/normal.ts';
import { studentUpperTail } from '../base/special/student.ts';
import type { Claim, Verdict } from './claim.ts';
import { short } from './log-errors.ts';

/** A simulated number held against an exact one. */
export interface Comparison {
  /** For messages, e.g. `second moment, n = 16, t = 1`. */
  readonly name: string;
  readonly simulated: number;
  /** Of `simulated`; for two simulated numbers, of their difference. */
  readonly standardError: number;
  readonly exact: number;
  /** Of the standard error; default Infinity. */
  readonly degrees?: number;
}

/** The claim that all comparisons agree: `measured` is max |z|, `interval` is what it may be. */
export interface Agreement extends Claim {
  /** One standard score a comparison, normal if the comparison is right. */
  readonly scores: Float64Array;
  readonly maxScore: number;
  /** Šidák's bound of max |z|. */
  readonly bound: number;
  /** Σ z² with the range that it should lie in. */
  readonly sumOfSquares: number;
  readonly sumOfSquaresRange: readonly [number, number];
  /** The largest relative error of `exact` that could have passed: max of bound·standardError/|exact|. */
  readonly resolution: number;
}

/**
 * Do K simulated numbers agree with exact ones? Checks both sides: no z may be too large, and together they may not be too
 * small, as they are when standard errors are overrated.
 *
 * The probability `falseAlarm` is spent half on max |z| (bound by Šidák, valid under any dependence of jointly normal
 * scores) and half, two-sided, on Σ z² against chi-square with `independent` degrees of freedom, scaled to the same mean. A
 * `degrees` is used by turning the t-score into the normal score of the same p-value. `holds` means not rejected: what
 * could have escaped is `resolution` (docs/theory.md 10.3).
 *
 * @param options.independent - number of independent scores among the K; default K. Numbers taken from the same replicates
 *   are dependent, e.g. at two times: give a lower bound, and the check of Σ z² stays valid.
 * @param options.falseAlarm - default 0.001
 */
export function agreementClaim(options: {
  readonly claim: string;
  readonly comparisons: readonly Comparison[];
  readonly independent?: number;
  readonly falseAlarm?: number;
}): Agreement {
  const { claim, comparisons } = options;
  const K = comparisons.length;
  if (K === 0) throw new ArgumentError('comparisons', comparisons, 'at least one comparison');
  const falseAlarm = checkNumber('falseAlarm', options.falseAlarm ?? 0.001, { above: 0, below: 1 });
  const independent = checkNumber('independent', options.independent ?? K, { above: 0, max: K });
  const scores = Float64Array.from(comparisons, score);
  const bound = sidakBound(K, falseAlarm / 2);
  let worst = 0;
  let sumOfSquares = 0;
  let resolution = 0;
  for (let i = 0; i < K; i++) {
    if (Math.abs(scores[i]!) > Math.abs(scores[worst]!)) worst = i;
    sumOfSquares += scores[i]! ** 2;
    const { standardError, exact } = comparisons[i]!;
    if (exact !== 0) resolution = Math.max(resolution, (bound * standardError) / Math.abs(exact));
  }
  const scale = K / independent;
  const range: [number, number] = [
    scale * chiSquareQuantile(falseAlarm / 4, independent),
    scale * chiSquareUpperQuantile(falseAlarm / 4, independent),
  ];
  const maxScore = Math.abs(scores[worst]!);
  const faults = [
    maxScore > bound ? `|z| = ${short(maxScore)} at ${comparisons[worst]!.name} exceeds ${short(bound)}` : '',
    sumOfSquares > range[1] ? `Σ z² = ${short(sumOfSquares)} exceeds ${short(range[1])}` : '',
    sumOfSquares < range[0]
      ? `Σ z² = ${short(sumOfSquares)} is below ${short(range[0])}: standard errors are too large`
      : '',
  ].filter((fault) => fault !== '');
  const verdict: Verdict = faults.length > 0 ? 'fails' : 'holds';
  const passed = `largest |z| of ${K} is ${short(maxScore)} at ${comparisons[worst]!.name} (bound ${short(bound)}), Σ z² = ${short(sumOfSquares)} within [${short(range[0])}, ${short(range[1])}]`;
  return {
    claim,
    predicted: 0,
    relation: 'equals',
    measured: maxScore,
    interval: [0, bound],
    margin: bound,
    falseAlarm,
    miss: 1,
    verdict,
    holds: verdict === 'holds',
    detail: faults.length > 0 ? faults.join('; ') : passed,
    scores,
    maxScore,
    bound,
    sumOfSquares,
    sumOfSquaresRange: range,
    resolution,
  };
}

/** The bound that max |z| of K normal scores exceeds with probability at most falseAlarm: 1 − (1 − p)^K = falseAlarm. */
export function sidakBound(comparisons: number, falseAlarm: number): number {
  return -normalQuantile(-Math.expm1(Math.log1p(-falseAlarm) / comparisons) / 2);
}

/** The normal score of a comparison; ±∞ or 0 where the standard error is 0. */
function score({ name, simulated, standardError, exact, degrees = Infinity }: Comparison): number {
  checkNumber(`${name}: standardError`, standardError, { min: 0 });
  const difference = checkNumber(`${name}: simulated`, simulated) - checkNumber(`${name}: exact`, exact);
  if (standardError === 0) return difference === 0 ? 0 : Math.sign(difference) * Infinity;
  const t = difference / standardError;
  if (degrees === Infinity) return t;
  return -Math.sign(t) * normalQuantile(studentUpperTail(Math.abs(t), degrees));
}
