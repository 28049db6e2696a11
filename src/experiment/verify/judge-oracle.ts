import { normalQuantile } from '../../base/special/normal.ts';
import { agreementClaim, type Comparison } from '../../convergence/index.ts';
import { linearLimitMoments, linearOracle, momentsOfIndependentStart } from '../../dropout/oracle/index.ts';
import type { ClaimReport } from '../../report/types.ts';
import { ORACLE_TARGET } from '../cells/verify-oracle.ts';
import { claimReport } from './claim-report.ts';
import type { Measurements, OracleSample } from './measurements.ts';
import { POWER } from './power.ts';

const MOMENTS = ['mean', 'second moment', 'squared mean'] as const;

/** Linear networks along the phase's scaling, and the limit's particles, have the exactly known moments. */
export function oracleClaim({ scenario, oracle, reference }: Measurements, falseAlarm: number): ClaimReport {
  const horizon = reference.times[reference.times.length - 1]!;
  const comparisons = oracle.flatMap((sample) => compare(sample, exactMoments(sample)));
  const claim = agreementClaim({
    claim: 'moments of linear neurons: largest standard score against the exact ones',
    comparisons,
    // The three moments of one run depend on each other.
    independent: oracle.length,
    falseAlarm,
  });
  // The largest of what each comparison needs: then every one of them is caught.
  const needed = comparisons.map(
    ({ standardError, exact }) => ((claim.bound + normalQuantile(POWER)) * standardError) / Math.abs(exact),
  );
  return claimReport('linear-oracle', claim, {
    probability: POWER,
    of: 'relative',
    below: null,
    above: Math.max(...needed),
  });

  function exactMoments({ kind, size }: OracleSample): readonly (number | undefined)[] {
    const start = { mean: 0, secondMoment: 1 };
    if (kind === 'limit') {
      const { mean, secondMoment } = linearLimitMoments(scenario.phase, {
        target: ORACLE_TARGET,
        start,
        time: horizon,
      });
      return [mean, secondMoment, undefined];
    }
    const { learningRate, keepRate } = scenario.scaling(size);
    const { mean, secondMoment, squaredMean } = linearOracle({
      width: size,
      learningRate,
      keepRate,
      target: ORACLE_TARGET,
      start: momentsOfIndependentStart({ width: size, ...start }),
      steps: Math.round(horizon / learningRate),
    });
    return [mean, secondMoment, squaredMean];
  }
}

function compare({ kind, size, moments }: OracleSample, exact: readonly (number | undefined)[]): Comparison[] {
  const R = moments.length / 3;
  return exact.flatMap((value, k) => {
    if (value === undefined) return [];
    const values = Array.from({ length: R }, (_, r) => moments[3 * r + k]!);
    const mean = values.reduce((sum, v) => sum + v, 0) / R;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (R - 1);
    const place = kind === 'network' ? `n = ${size}` : 'the limit';
    return [
      {
        name: `${MOMENTS[k]} of ${place}`,
        simulated: mean,
        standardError: Math.sqrt(variance / R),
        exact: value,
        degrees: R - 1,
      },
    ];
  });
}
