import type { ClaimReport, PhaseReport, RateReport, VerifyReport } from '../../src/report/types.ts';

const WIDTHS = [64, 256, 1024, 4096];

/** A small deterministic noise in [-1, 1): the charts need it, the tests don't look at it. */
function wobble(k: number): number {
  const x = Math.sin(12.9898 * (k + 1)) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

function claim(values: Omit<ClaimReport, 'holds'>): ClaimReport {
  return { ...values, holds: values.verdict === 'holds' };
}

function rate(
  id: string,
  title: string,
  valueName: string,
  prefactor: number,
  slope: number,
  predicted: number,
): RateReport {
  const values = WIDTHS.map((n, i) => prefactor * n ** slope * (1 + 0.03 * wobble(i + prefactor * 100)));
  return {
    id,
    title,
    sizes: WIDTHS,
    sizeName: 'width n',
    values,
    valueName,
    standardErrors: values.map((value, i) => value * (0.03 + 0.02 * i)),
    fit: { exponent: slope, interval: [slope - 0.041, slope + 0.041], prefactor, confidence: 0.999 },
    predictedExponent: predicted,
  };
}

function lossCurves(width: number, decay: number, floor: number) {
  const times = Array.from({ length: 41 }, (_, i) => i / 20);
  const limit = times.map((t) => floor + 0.62 * Math.exp(-decay * t) + 0.2 * Math.exp(-0.4 * t));
  const median = limit.map((value, i) => value * (1 + 0.01 * wobble(i)) + 0.01);
  return {
    times,
    network: {
      width,
      replicates: 200,
      median,
      lower: median.map((value) => value * 0.93),
      upper: median.map((value) => value * 1.09),
      coverage: 0.8,
    },
    limit,
    name: 'loss',
  };
}

function motion(jumps: boolean) {
  const neurons = [0, 1, 2, 3, 4].map((k) => {
    const start: [number, number] = [1.6 * wobble(k), 1.4 * wobble(k + 7)];
    const network: [number, number][] = [start];
    const limit: [number, number][] = [start];
    for (let i = 1; i <= 40; i++) {
      const moves = !jumps || wobble(i + 31 * k) > 0.55;
      const step = jumps ? 0.16 : 0.035;
      const [x, y] = limit.at(-1)!;
      limit.push(moves ? [x + step * (0.9 - 0.6 * y), y - step * (0.3 + 0.7 * x)] : [x, y]);
      const [u, v] = network.at(-1)!;
      const noise = jumps ? 0.035 : 0.012;
      network.push(
        moves
          ? [
              u + step * (0.9 - 0.6 * v) + noise * wobble(3 * i + k),
              v - step * (0.3 + 0.7 * u) + noise * wobble(5 * i + k),
            ]
          : [u, v],
      );
    }
    return { network, limit };
  });
  return { coordinates: ['outer weight a', 'inner weight b₁'] as const, width: 1024, neurons };
}

function fluctuation(measured: number): ClaimReport {
  return claim({
    claim: 'prediction-fluctuation',
    title: 'Fluctuations of the predictions fall as n^(−1/2)',
    predicted: -0.5,
    measured,
    interval: [measured - 0.041, measured + 0.041],
    margin: 0.1,
    verdict: 'holds',
    plot: 'prediction-fluctuation',
  });
}

function phase(
  id: PhaseReport['phase'],
  values: Omit<PhaseReport, 'phase' | 'rates'>,
  extra: RateReport[] = [],
): PhaseReport {
  const first = values.claims[0]!;
  const fall = 'Fluctuations of the predictions';
  return {
    phase: id,
    ...values,
    rates: [
      rate('prediction-fluctuation', fall, 'root mean square fluctuation', 0.49, first.measured!, -0.5),
      ...extra,
    ],
  };
}

/** A report as `verify` might write it: realistic numbers, made up; one claim fails and one is undecided. */
export const fixture: VerifyReport = {
  format: 'meanfield-verify',
  formatVersion: 1,
  version: '0.1.0',
  createdAt: '2025-11-03T10:20:30Z',
  experiment: {
    file: 'examples/banknote.json',
    data: {
      source: 'data/banknote.csv',
      samples: 64,
      inputs: 4,
      notes: 'random subset of 64 of 1372 rows; inputs standardized; target: the last column, −1 genuine, +1 forged',
    },
    network: { neuron: 'perceptron', activation: 'tanh', bias: true, parameters: 6 },
    loss: 'squared',
    initial: 'outer weight N(0, 1), inner weights and bias N(0, 1), independent',
    horizon: 2,
  },
  budget: {
    seconds: 180,
    spentSeconds: 148.3,
    threads: 2,
    widths: WIDTHS,
    replicates: [400, 400, 200, 100],
    limitParticles: 262144,
  },
  seed: 1,
  falseAlarm: 0.001,
  decision: [
    'A claim holds if the confidence interval of the measured quantity lies within the margin around the predicted value, fails if it lies outside, and is undecided otherwise.',
    'Intervals are simultaneous over all claims of the report (Bonferroni): if all claims are true, none is said to fail with probability at least 0.999.',
  ],
  phases: [
    phase('gradient-flow', {
      scaling: {
        learningRateExponent: 0.75,
        keepRateExponent: 0.25,
        learningRate0: 1,
        keepRate0: 1,
        text: 'τ = n^(−3/4), q = n^(−1/4)',
      },
      parameters: {},
      claims: [
        fluctuation(-0.497),
        claim({
          claim: 'bias',
          title: 'The bias of the predictions falls as τ/q + λ_n + 1/n, here n^(−1/2)',
          predicted: -0.5,
          measured: -0.46,
          interval: [-0.71, -0.21],
          margin: 0.1,
          verdict: 'undecided',
          needs: 'about 2600 replicates at width 4096 (now 100), some 19 minutes on 2 threads',
        }),
      ],
      lossCurves: lossCurves(1024, 3, 0.02),
      motion: motion(false),
    }),
    phase(
      'poisson-jump',
      {
        scaling: {
          learningRateExponent: 0.5,
          keepRateExponent: 0.5,
          learningRate0: 1,
          keepRate0: 2,
          text: 'τ = n^(−1/2), q = 2 n^(−1/2)',
        },
        parameters: { jumpSize: 0.5 },
        claims: [
          fluctuation(-0.511),
          claim({
            claim: 'path',
            title: 'A neuron coupled to its limit stays within (qn)^(−1/2), here n^(−1/4)',
            predicted: -0.25,
            measured: -0.244,
            interval: [-0.269, -0.219],
            margin: 0.05,
            verdict: 'holds',
            plot: 'path',
          }),
          claim({
            claim: 'random-geometry',
            title: 'Dropout and random geometry have the same limit: distance of their mean predictions',
            predicted: 0.01,
            relation: 'atMost',
            measured: 0.0042,
            interval: [0.0018, 0.0066],
            verdict: 'holds',
          }),
          claim({
            claim: 'oracle',
            title: 'Moments of the linear neuron against the exact recursion: largest |z| of 60',
            predicted: 4,
            relation: 'atMost',
            measured: 2.61,
            interval: [2.61, 2.61],
            verdict: 'holds',
          }),
        ],
        lossCurves: lossCurves(1024, 2.4, 0.03),
        motion: motion(true),
      },
      [rate('path', 'Distance of coupled neurons over the whole path', 'mean of sup |X − X̄|', 0.65, -0.244, -0.25)],
    ),
    phase('bernoulli-jump', {
      scaling: {
        learningRateExponent: 0,
        keepRateExponent: 0,
        learningRate0: 0.25,
        keepRate0: 0.5,
        text: 'τ = 0.25, q = 0.5',
      },
      parameters: { learningRate: 0.25, keepRate: 0.5, jumpSize: 0.5 },
      claims: [fluctuation(-0.489)],
      lossCurves: lossCurves(1024, 2.2, 0.04),
      motion: motion(true),
    }),
    phase('penalized-flow', {
      scaling: {
        learningRateExponent: 1.5,
        keepRateExponent: 1,
        learningRate0: 1,
        keepRate0: 4,
        text: 'τ = n^(−3/2), q = 4/n',
      },
      parameters: { activeCount: 4 },
      claims: [
        fluctuation(-0.52),
        claim({
          claim: 'penalty',
          title: 'Dropout and random geometry differ by the penalty: shift of the mean prediction',
          predicted: 0.1832,
          measured: 0.1525,
          interval: [0.1419, 0.1631],
          margin: 0.01,
          verdict: 'fails',
          detail: 'At width 64 the term of order 1/n is as large as the margin; from width 256 on the shift is 0.179.',
        }),
      ],
      lossCurves: lossCurves(256, 2.8, 0.11),
      motion: motion(false),
    }),
    phase('penalized-jump', {
      scaling: {
        learningRateExponent: 1,
        keepRateExponent: 1,
        learningRate0: 2,
        keepRate0: 4,
        text: 'τ = 2/n, q = 4/n',
      },
      parameters: { jumpSize: 0.5, activeCount: 4 },
      claims: [fluctuation(-0.503)],
      lossCurves: lossCurves(1024, 1.9, 0.14),
      motion: motion(true),
    }),
  ],
  holds: false,
};

/** A name that tries to break out of HTML, SVG, a vega expression and a terminal. */
export const HOSTILE =
  '"hostile\' & <script>alert(1)</script> ]]> <img src=x> https://evil.example id="chart-1-1" url(#x) \u0000\u001b[31m\u202e\ud800 {{y}} datum.x';

/** The report with hostile text wherever there is text. */
export function poisoned(report: VerifyReport): VerifyReport {
  const keep = new Set(['format', 'phase', 'verdict', 'plot', 'id', 'relation']);
  const spoil = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return keep.has(key) ? value : `${value} ${HOSTILE}`;
    if (Array.isArray(value)) return value.map((entry) => spoil(entry, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, spoil(entry, name)]));
  };
  return spoil(report, '') as VerifyReport;
}
