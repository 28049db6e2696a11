import { describe, expect, it } from 'vitest';
import {
  boundedRate,
  constantRate,
  integratedRate,
  jumpMap,
  type MeanFieldProcess,
  stateRate,
} from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import {
  dormandPrince,
  eulerMaruyama,
  exactJumps,
  heun,
  jumpAdapted,
  lieSplitting,
  rk4,
  schemesFor,
  strangSplitting,
  tauLeap,
} from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { decayWithJumps } from '../problems/decay-with-jumps.ts';
import { hawkes } from '../problems/hawkes.ts';
import { merton } from '../problems/merton.ts';
import { average, type TestProblem } from '../problems/problem.ts';

// 5 standard errors: false-alarm probability 6e-7 each; the seeds are fixed.
const Z = 5;

function check(problem: TestProblem, scheme: Parameters<typeof solve>[1]['scheme'], count: number) {
  const { process, until, initial, expectations } = problem;
  const { outcome, final, statistics } = solve(process, { initial: initial(count), until, scheme, rng: stream(21) });
  expect(outcome.code).toBe('completed');
  for (const { name, of, exact } of expectations) {
    const { mean, standardError } = average(final.data, process.dimension, of);
    expect(Math.abs(mean - exact), `${name}: ${mean} for ${exact}`).toBeLessThan(Z * standardError);
  }
  return statistics;
}

describe('jumpAdapted', () => {
  const flows = [rk4({ step: 0.25 }), dormandPrince()];
  it.each([
    ['constant', constantRate(2)],
    ['thinned', boundedRate(() => 2, { bound: 3 })],
    ['thinned by a bound for a while', boundedRate(() => 2, { bound: () => 2.5, window: 0.7 })],
    ['integrated', integratedRate(() => 2)],
    ['of the state', stateRate(() => 2)],
  ])('one rate of 2, %s: the same law', (_name, rate) => {
    const problem = decayWithJumps({ until: 2, rate });
    for (const continuous of flows) check(problem, jumpAdapted({ continuous }), 3000);
  });

  it('mean 1.99991828 at t = 10', () => {
    const problem = decayWithJumps();
    expect(problem.expectations[0]!.exact).toBeCloseTo(1.99991828, 8);
    check(problem, jumpAdapted({ continuous: dormandPrince() }), 3000);
  });

  it.each([['thinning'], ['integration']] as const)('a Hawkes process by %s', (by) => {
    const { process, start, expectedCount } = hawkes(by);
    const until = 30;
    const { final } = solve(process, {
      initial: Array.from({ length: 500 }, () => start),
      until,
      scheme: jumpAdapted({ continuous: dormandPrince() }),
      rng: stream(22),
    });
    const { mean, standardError } = average(final.data, 2, (x) => x[1]!);
    expect(Math.abs(mean - expectedCount(until))).toBeLessThan(Z * standardError);
    // Var(N/T) ≈ 0.00591728·200/T for long T: the spread of a sample standard deviation of 500 is 3 %.
    expect((standardError * Math.sqrt(500)) / until / Math.sqrt((0.00591728 * 200) / until)).toBeCloseTo(1, 0.8);
  });

  it('an interacting cloud is moved as a whole: rates that integrate the statistic', () => {
    // Pure birth in which everyone's rate is the mean: E s' = s, so E s(t) = e^t from 1 (Yule, by mean).
    const process: MeanFieldProcess = {
      dimension: 1,
      statistic: {
        size: 1,
        particle: (x, out) => {
          out[0] = x[0]!;
        },
      },
      drift: {
        particle: (_x, _s, _t, out) => {
          out[0] = 0;
        },
      },
      jumps: [{ rate: integratedRate((_x, s) => s[0]!), change: { kind: 'displacement', by: Float64Array.of(1) } }],
    };
    const means = Array.from(
      { length: 60 },
      (_, run) =>
        solve(process, {
          initial: Array.from({ length: 40 }, () => [1]),
          until: 1,
          scheme: jumpAdapted({ continuous: heun({ step: 0.1 }) }),
          rng: stream(23).split(run),
        }).finalStatistic[0]!,
    );
    const { mean, standardError } = average(Float64Array.from(means), 1, (x) => x[0]!);
    expect(Math.abs(mean - Math.E)).toBeLessThan(Z * standardError);
    expect(standardError * Math.sqrt(60 * 40)).toBeLessThan(4);
  });

  it('a jump sees the statistic of its own moment, whatever has flowed since the last', () => {
    let worst = 0;
    let jumps = 0;
    const change = jumpMap(
      (x, s, _t, { cloud, count }) => {
        jumps++;
        worst = Math.max(worst, Math.abs(s[0]! - cloud.reduce((a, b) => a + b, 0) / count));
        x[0]! -= 0.5;
      },
      { partners: true },
    );
    for (const rate of [constantRate(3), boundedRate(() => 3, { bound: 4 }), integratedRate(() => 3)])
      solve(
        {
          dimension: 1,
          statistic: {
            size: 1,
            particle: (x, out) => {
              out[0] = x[0]!;
            },
          },
          drift: {
            particle: (_x, _s, _t, out) => {
              out[0] = 1;
            },
          },
          jumps: [{ rate, change }],
        },
        {
          initial: [[0], [1], [2]],
          until: 2,
          scheme: jumpAdapted({ continuous: rk4({ step: 0.5 }) }),
          rng: stream(24),
        },
      );
    expect(jumps).toBeGreaterThan(20);
    expect(worst).toBeLessThan(1e-12);
  });

  it('Merton’s jump diffusion, particles one by one', () => {
    const statistics = check(merton(), jumpAdapted({ continuous: eulerMaruyama({ step: 1 / 256 }) }), 4000);
    // Two jumps a particle on average; standard deviation √(2·4000).
    expect(Math.abs(statistics.events! - 8000)).toBeLessThan(Z * Math.sqrt(8000));
  });
});

describe('splitting', () => {
  it('sees coefficients that depend on time at their own times', () => {
    const process: MeanFieldProcess = {
      dimension: 1,
      drift: {
        particle: (_x, _s, t, out) => {
          out[0] = t * t;
        },
      },
      jumps: [{ rate: constantRate(0), change: { kind: 'displacement', by: Float64Array.of(1) } }],
    };
    const parts = { step: 0.25, continuous: rk4({ step: 1 }), jumps: exactJumps() };
    for (const scheme of [lieSplitting(parts), strangSplitting(parts)])
      expect(solve(process, { initial: [[0]], until: 1, scheme, rng: stream(1) }).final.get(0, 0)).toBeCloseTo(
        1 / 3,
        12,
      );
  });

  it('Strang splits within the noise where Lie is far off', () => {
    const problem = decayWithJumps({ until: 2 });
    const parts = { step: 0.25, continuous: rk4({ step: 0.25 }), jumps: exactJumps() };
    check(problem, strangSplitting(parts), 5000);
    expect(() => check(problem, lieSplitting(parts), 5000)).toThrow();
  });

  it('takes leaps and any continuous scheme for its parts, and says what order follows', () => {
    const strang = strangSplitting({ step: 0.01, continuous: rk4({ step: 0.01 }), jumps: tauLeap({ step: 0.01 }) });
    expect(strang.info.weakOrder).toBe(1);
    expect(strang.info.name).toBe('strang-splitting(rk4, tau-leap)');
    check(decayWithJumps({ until: 1, rate: integratedRate(() => 2) }), strang, 3000);
    expect(schemesFor(merton().process)).toEqual(expect.arrayContaining(['jumpAdapted', 'strangSplitting']));
  });
});
