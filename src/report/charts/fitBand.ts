import type { RateReport } from '../types.ts';

/** A fitted power law with its confidence band, and the predicted power law through the same centre. */
export interface FitBand {
  readonly size: number;
  readonly fit: number;
  readonly lower: number;
  readonly upper: number;
  readonly predicted: number;
}

/**
 * The band of a straight-line fit in log–log scale. With weights w, centre x̄ = Σwx/Σw and spread s² = Σw(x − x̄)²/Σw of the log sizes,
 * the line's standard deviation at x is that of the slope times √(s² + (x − x̄)²): so the half width of the slope's interval
 * gives the band at its own confidence level, whatever that is. Returns nothing where the fit is not a positive power law.
 */
export function fitBand(rate: RateReport, [low, high]: readonly [number, number], count = 33): FitBand[] {
  const { exponent, interval, prefactor, fromSize } = rate.fit;
  if (!(prefactor > 0) || !Number.isFinite(prefactor) || !Number.isFinite(exponent)) return [];
  const { centre, spread } = weightedCentre(rate, fromSize ?? 0);
  const half = Math.max(0, (interval[1] - interval[0]) / 2);
  const start = Math.log(Math.max(low, fromSize ?? low));
  const step = (Math.log(high) - start) / (count - 1);
  const at = Math.log(prefactor) + exponent * centre;
  return Array.from({ length: count }, (_, i) => {
    const x = start + i * step;
    const line = Math.log(prefactor) + exponent * x;
    const width = half * Math.sqrt(spread * spread + (x - centre) ** 2);
    return {
      size: Math.exp(x),
      fit: Math.exp(line),
      lower: Math.exp(line - width),
      upper: Math.exp(line + width),
      predicted: Math.exp(at + rate.predictedExponent * (x - centre)),
    };
  });
}

/** Weights are inverse variances of the log values, as in the fit; equal ones where some errors are not known. */
function weightedCentre(rate: RateReport, fromSize: number): { centre: number; spread: number } {
  const used = rate.sizes.map((_, i) => i).filter((i) => rate.sizes[i]! >= fromSize && rate.values[i]! > 0);
  const known = used.every((i) => rate.standardErrors[i]! > 0);
  const weight = (i: number) => (known ? (rate.values[i]! / rate.standardErrors[i]!) ** 2 : 1);
  let total = 0;
  let first = 0;
  let second = 0;
  for (const i of used) {
    const x = Math.log(rate.sizes[i]!);
    total += weight(i);
    first += weight(i) * x;
    second += weight(i) * x * x;
  }
  if (total === 0) return { centre: 0, spread: 0 };
  const centre = first / total;
  return { centre, spread: Math.sqrt(Math.max(0, second / total - centre * centre)) };
}
