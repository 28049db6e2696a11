import { type ErrorEstimates, fitTwoTerms } from '../../src/convergence/index.ts';
import type { LeadingResult } from './results.ts';

const STEP = 0.0025;
/** The two exponents must differ by this much, or there are not two terms. */
const APART = 0.05;
/** How far beyond the predicted exponent the leading one is looked for. */
const REACH = 0.5;
/** The 95 % quantile of chi-square with one degree of freedom. */
const CHI_SQUARE = 3.841;

/**
 * The leading exponent of error = C₁ n^a + C₂ n^b (or of the squares' sum) with b given and a free: for each a the fit of two terms has a
 * residual chi-square; the least gives the estimate, and all within 3.84 of it the 95 % interval. Undefined with fewer than four
 * widths, or where no fit of two terms is possible.
 */
export function leadingExponent(
  widths: readonly number[],
  estimates: ErrorEstimates,
  predicted: number,
  next: number,
  combine: 'sum' | 'squares',
): LeadingResult | undefined {
  if (widths.length < 4) return undefined;
  const fitted = fitTwoTerms([...widths], estimates, [predicted, next], { combine });
  if (!fitted.fitted || fitted.lackOfFit === undefined) return undefined;
  const tried: { readonly exponent: number; readonly chiSquare: number }[] = [];
  for (let exponent = next + APART; exponent <= predicted + REACH; exponent += STEP) {
    const fit = fitTwoTerms([...widths], estimates, [exponent, next], { combine });
    if (fit.fitted) tried.push({ exponent, chiSquare: fit.lackOfFit!.chiSquare });
  }
  const best = tried.reduce((one, other) => (other.chiSquare < one.chiSquare ? other : one));
  const inside = tried.filter(({ chiSquare }) => chiSquare <= best.chiSquare + CHI_SQUARE);
  const [first, second] = fitted.coefficients;
  return {
    next,
    exponent: best.exponent,
    interval: [inside[0]!.exponent, inside.at(-1)!.exponent],
    prefactors: [
      { value: first.value, standardError: first.standardError },
      { value: second.value, standardError: second.standardError },
    ],
    share: [fitted.share[0]!.value, fitted.share.at(-1)!.value],
    pValue: fitted.lackOfFit.pValue,
    combine,
  };
}
