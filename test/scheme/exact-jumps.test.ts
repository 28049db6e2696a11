import { describe, expect, it } from 'vitest';
import {
  boundedRate,
  constantRate,
  displacement,
  jumpMap,
  type MeanFieldProcess,
  stateRate,
} from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import { exactJumps, tauLeap } from '../../src/scheme/index.ts';
import { saveStates, solve, solveEnsemble } from '../../src/solve/index.ts';
import { birthDeath } from '../problems/birth-death.ts';
import { curieWeiss } from '../problems/curie-weiss.ts';
import { linearDecay } from '../problems/linear-decay.ts';
import { linearDropout } from '../problems/linear-dropout.ts';
import { penalizedLinearDropout } from '../problems/penalized-linear-dropout.ts';
import { average, type TestProblem } from '../problems/problem.ts';
import { reversibleBinding } from '../problems/reversible-binding.ts';

// 5 standard errors: false-alarm probability 6e-7 each; the seeds are fixed.
const Z = 5;

function check(problem: TestProblem, count: number, noise: 'fresh' | 'common' = 'fresh') {
  const { process, until, initial, expectations } = problem;
  const { outcome, final } = solve(process, {
    initial: initial(count),
    until,
    scheme: exactJumps(),
    rng: stream(11),
    noise,
  });
  expect(outcome.code).toBe('completed');
  for (const { name, of, exact } of expectations) {
    const { mean, standardError } = average(final.data, process.dimension, of);
    expect(Math.abs(mean - exact), `${name}: ${mean} for ${exact}`).toBeLessThan(Z * standardError);
    // Too good is wrong as well: the spread must be there.
    expect(standardError).toBeGreaterThan(0);
  }
}

describe('a statistic that no jump reads', () => {
  const run = (statistic: boolean) => {
    let read = 0;
    const process: MeanFieldProcess = {
      name: 'partners',
      dimension: 1,
      statistic: {
        size: 1,
        particle: (x, out) => {
          read++;
          out[0] = x[0]!;
        },
      },
      jumps: [
        {
          rate: constantRate(2),
          change: jumpMap(
            (x, _s, _t, { rng, cloud, count }) => {
              x[0] = 0.5 * x[0]! + 0.5 * cloud[Math.floor(rng.uniform() * count)]!;
            },
            { partners: true, statistic },
          ),
        },
      ],
    };
    const initial = Array.from({ length: 50 }, (_, i) => [i]);
    const { final, finalStatistic } = solve(process, { initial, until: 3, scheme: exactJumps(), rng: stream(2) });
    return { cloud: [...final.data], statistic: finalStatistic[0]!, read };
  };

  it('is not kept up to date, and the path has the same bits', () => {
    const [kept, left] = [run(true), run(false)];
    expect(left.cloud).toEqual(kept.cloud);
    expect(left.statistic).toBe(left.cloud.reduce((sum, x) => sum + x, 0) / 50);
    expect(left.read).toBeLessThan(0.3 * kept.read);
  });
});

describe('exactJumps, on problems with exact answers', () => {
  it('16 decays of one species', () => {
    const problem = linearDecay();
    expect(problem.expectations[0]!.exact).toBeCloseTo(25.66607769535559, 10);
    check(problem, 2000);
    check(problem, 500, 'common');
  });

  it('birth and death, with extinction', () => {
    const problem = birthDeath();
    expect(problem.expectations[0]!.exact).toBeCloseTo(54.59815, 5);
    expect(problem.expectations[1]!.exact).toBeCloseTo(0.495379, 6);
    check(problem, 4000);
    check(problem, 1000, 'common');
    const other = birthDeath({ birth: 1, death: 0.5, start: 10, until: 3 });
    expect(other.expectations[0]!.exact).toBeCloseTo(44.81689, 5);
    check(other, 4000);
  });

  it('immigration and death: mean 99.995914 at t = 10', () => {
    const process: MeanFieldProcess = {
      dimension: 1,
      jumps: [
        { rate: constantRate(100), change: displacement([1]), affects: [1] },
        { rate: stateRate((x) => x[0]!), change: displacement([-1]), affects: [1] },
      ],
    };
    const { final } = solve(process, {
      initial: Array.from({ length: 500 }, () => [10]),
      until: 10,
      scheme: exactJumps(),
      rng: stream(3),
    });
    const { mean, standardError } = average(final.data, 1, (x) => x[0]!);
    expect(Math.abs(mean - 99.995914)).toBeLessThan(Z * standardError);
  });

  it('A + B ⇌ C, three species', () => {
    check(reversibleBinding(), 400);
  });

  it('A + B → C at rate 10 from one pair: P(A = 1) = e^(−10t)', () => {
    const process: MeanFieldProcess = {
      dimension: 3,
      jumps: [{ rate: stateRate((x) => 10 * x[0]! * x[1]!), change: displacement([-1, -1, 1]) }],
    };
    const initial = Array.from({ length: 20_000 }, () => [1, 1, 0]);
    const { final } = solve(process, { initial, until: 0.1, scheme: exactJumps(), rng: stream(4) });
    const { mean, standardError } = average(final.data, 3, (x) => x[0]!);
    expect(Math.abs(mean - Math.exp(-1))).toBeLessThan(Z * standardError);
  });

  it('pure death of 2000 at rate 1: mean extinction time is the harmonic number', () => {
    const n = 2000;
    const harmonic = Array.from({ length: n }, (_, k) => 1 / (k + 1)).reduce((a, b) => a + b);
    const death: MeanFieldProcess = {
      dimension: 1,
      jumps: [{ rate: stateRate((x) => x[0]!), change: displacement([-1]) }],
    };
    const runs = 100;
    const times = Array.from({ length: runs }, (_, run) => {
      const { outcome } = solve(death, {
        initial: [[n]],
        until: 100,
        scheme: exactJumps(),
        rng: stream(5).split(run),
        events: [{ name: 'extinct', when: ({ cloud }) => cloud[0]! - 0.5 }],
      });
      expect(outcome.code).toBe('terminated');
      return outcome.time;
    });
    const { mean } = average(Float64Array.from(times), 1, (x) => x[0]!);
    // The time is a sum of exponentials of variance Σ1/k² ≈ π²/6.
    expect(Math.abs(mean - harmonic)).toBeLessThan(Z * Math.sqrt(Math.PI ** 2 / 6 / runs));
  });

  it.each([['fresh'], ['common']] as const)('Curie–Weiss spins, %s noise: rates that follow the statistic', (noise) => {
    const { process, initial, until, magnetization } = curieWeiss();
    const { moments, outcomes } = solveEnsemble(process, {
      initial,
      until,
      scheme: exactJumps(),
      saveAt: [until],
      save: ({ statistic }) => statistic.slice(),
      rng: stream(6),
      runs: 400,
      noise,
    });
    expect(outcomes).toEqual({ completed: 400 });
    const [seen] = moments;
    expect(Math.abs(seen!.mean[0]! - magnetization.mean)).toBeLessThan(Z * seen!.standardError[0]!);
    // Var of a sample variance ≈ 2σ⁴/n.
    expect(Math.abs(seen!.variance[0]! / magnetization.variance - 1)).toBeLessThan(Z * Math.sqrt(2 / 400));
  });

  it('thinned rates that follow the statistic agree with it, too', () => {
    const { process, initial, until, magnetization } = curieWeiss();
    const jumps = process.jumps!.map((jump) => {
      const { rate } = jump;
      return rate.kind === 'state' ? { ...jump, rate: boundedRate(rate.particle, { bound: Math.exp(1.2) }) } : jump;
    });
    const { moments } = solveEnsemble(
      { ...process, jumps },
      {
        initial,
        until,
        scheme: exactJumps(),
        saveAt: [until],
        save: (m) => m.statistic.slice(),
        rng: stream(7),
        runs: 400,
      },
    );
    expect(Math.abs(moments[0]!.mean[0]! - magnetization.mean)).toBeLessThan(Z * moments[0]!.standardError[0]!);
  });

  it('a rate in time with a bound that is valid for a while only', () => {
    // λ(t) = t, so N(3) is Poisson(4.5).
    const rate = boundedRate((_x, _s, t) => t, { bound: (_x, _s, t, window) => t + window, window: 0.25 });
    const { final, statistics } = solve(
      { dimension: 1, jumps: [{ rate, change: displacement([1]) }] },
      { initial: Array.from({ length: 5000 }, () => [0]), until: 3, scheme: exactJumps(), rng: stream(8) },
    );
    const { mean } = average(final.data, 1, (x) => x[0]!);
    const { mean: square } = average(final.data, 1, (x) => (x[0]! - 4.5) ** 2);
    expect(Math.abs(mean - 4.5)).toBeLessThan(Z * Math.sqrt(4.5 / 5000));
    // Fourth central moment of Poisson(μ): μ + 3μ².
    expect(Math.abs(square - 4.5)).toBeLessThan(Z * Math.sqrt((4.5 + 2 * 4.5 ** 2) / 5000));
    // Windows of ¼ waste about one candidate in 1 + 8·4.5/… : far fewer than a bound of 3 throughout, which needs 9 a particle.
    expect(statistics.candidates! / 5000).toBeLessThan(6);
  });

  it('linear dropout: mean and second moment of the mean-field limit', () => {
    for (const problem of [linearDropout(), penalizedLinearDropout()]) {
      const values = Array.from({ length: 12 }, (_, run) => {
        const { final } = solve(problem.process, {
          initial: problem.initial(4000),
          until: problem.until,
          scheme: exactJumps(),
          rng: stream(9).split(run),
        });
        return problem.expectations.map(({ of }) => average(final.data, 1, of).mean);
      });
      problem.expectations.forEach(({ exact }, k) => {
        const { mean, standardError } = average(
          Float64Array.from(values, (v) => v[k]!),
          1,
          (x) => x[0]!,
        );
        // t with 11 degrees of freedom: |t| > 8 has probability 6e-6; the bias of 4000 particles is below a tenth of that.
        expect(Math.abs(mean - exact)).toBeLessThan(8 * standardError);
      });
    }
  });
});

describe('exactJumps, as a numerical method', () => {
  it('keeps the incremental statistic equal to the recomputed one', () => {
    const { process, initial } = linearDropout({ jumpSize: 0.01 });
    let worst = 0;
    solve(process, {
      initial: initial(50),
      until: 2,
      scheme: exactJumps(),
      rng: stream(1),
      saveAt: Array.from({ length: 100 }, (_, k) => 0.02 * k),
      save: saveStates(),
    });
    // The statistic that a jump sees, against the mean of the cloud at that moment.
    const seen: MeanFieldProcess = {
      ...process,
      jumps: [
        {
          rate: constantRate(100),
          change: jumpMap(
            (x, s, _t, { cloud }) => {
              worst = Math.max(worst, Math.abs(s[0]! - cloud.reduce((a, b) => a + b, 0) / cloud.length));
              x[0]! -= 0.01 * (s[0]! - 1);
            },
            { partners: true },
          ),
        },
      ],
    };
    solve(seen, { initial: initial(50), until: 2, scheme: exactJumps(), rng: stream(1) });
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(50 * 2 ** -52 * 20);
  });

  it('is not disturbed by save times', () => {
    const { process, initial, until } = linearDropout();
    const options = { initial: initial(100), until, scheme: exactJumps(), rng: stream(2) };
    const plain = solve(process, options).final.data;
    const saveAt = [0.1, 0.123, 0.5, 0.77];
    expect(solve(process, { ...options, saveAt, save: () => 0 }).final.data).toEqual(plain);
  });

  it('follows common clocks: exact, and a leap so short that both see the same rings', () => {
    const process: MeanFieldProcess = { dimension: 1, jumps: [{ rate: constantRate(3), change: displacement([1]) }] };
    const options = { initial: Array.from({ length: 200 }, () => [0]), until: 2, noise: 'common' as const };
    const exact = solve(process, { ...options, scheme: exactJumps(), rng: stream(1) }).final.data;
    const leap = solve(process, { ...options, scheme: tauLeap({ step: 0.1 }), rng: stream(1) }).final.data;
    expect(leap).toEqual(exact);
  });

  it('draws no more when nothing can happen', () => {
    const process: MeanFieldProcess = { dimension: 1, jumps: [{ rate: constantRate(0), change: displacement([1]) }] };
    const { outcome, statistics } = solve(process, { initial: [[1]], until: 9, scheme: exactJumps(), rng: stream(1) });
    expect(outcome).toMatchObject({ code: 'completed', time: 9 });
    expect(statistics.events).toBe(0);
  });
});
