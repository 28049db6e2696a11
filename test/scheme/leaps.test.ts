import { describe, expect, it } from 'vitest';
import { constantRate, jumpMap, type MeanFieldProcess } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import { adaptiveTauLeap, bernoulliClock, exactJumps, midpointLeap, tauLeap } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { birthDeath } from '../problems/birth-death.ts';
import { linearDropout } from '../problems/linear-dropout.ts';
import { average } from '../problems/problem.ts';
import { reversibleBinding } from '../problems/reversible-binding.ts';

const Z = 5;

describe('bernoulliClock', () => {
  it('is the Bernoulli phase exactly: m⁺ = m − τ(m − y), s⁺ = s − 2τm(m − y) + (τ²/q)(m − y)²', () => {
    const [tau, q, y] = [0.5, 0.5, 1];
    const { process, initial } = linearDropout({ jumpSize: tau / q });
    const values = Array.from({ length: 20 }, (_, run) => {
      const { final, statistics } = solve(process, {
        initial: initial(4000),
        until: 2,
        scheme: bernoulliClock({ step: tau }),
        rng: stream(1).split(run),
      });
      expect(statistics.steps).toBe(4);
      return [average(final.data, 1, (x) => x[0]!).mean, average(final.data, 1, (x) => x[0]! ** 2).mean];
    });
    let [m, s] = [0, 1];
    for (let k = 0; k < 4; k++) {
      s += -2 * tau * m * (m - y) + (tau ** 2 / q) * (m - y) ** 2;
      m -= tau * (m - y);
    }
    expect([m, s]).toEqual([0.9375, 2.2109375]);
    [m, s].forEach((exact, k) => {
      const { mean, standardError } = average(
        Float64Array.from(values, (v) => v[k]!),
        1,
        (x) => x[0]!,
      );
      // Bias of 4000 particles is O(1/4000); t with 19 degrees of freedom: |t| > 7 has probability 1e-6.
      expect(Math.abs(mean - exact)).toBeLessThan(7 * standardError + 3 / 4000);
    });
  });

  it('q = 1 is gradient descent, and save times between ticks change nothing', () => {
    const { process, initial } = linearDropout({ jumpSize: 0.25 });
    const options = { initial: initial(2), until: 1, scheme: bernoulliClock({ step: 0.25 }), rng: stream(1) };
    const { final, saved } = solve(process, { ...options, saveAt: [0.1, 0.3, 0.6], save: ({ cloud }) => cloud[0]! });
    let m = 0;
    const path = [1];
    for (let k = 0; k < 4; k++) {
      path.push(path.at(-1)! - 0.25 * (m - 1));
      m -= 0.25 * (m - 1);
    }
    expect(final.get(0, 0)).toBeCloseTo(path[4]!, 12);
    expect(saved).toEqual([path[0], path[1], path[2]]);
    expect(() => solve(process, { ...options, scheme: bernoulliClock({ step: 0.5 }) })).toThrow('rate × step ≤ 1');
  });
});

describe('leaps', () => {
  it.each([
    ['tauLeap', tauLeap({ step: 0.1 })],
    ['midpointLeap', midpointLeap({ step: 0.1 })],
  ] as const)('%s makes Poisson many jumps, in random order of kinds that do not commute', (_name, scheme) => {
    // Doubling at rate 1 and +1 at rate 2: E X' = X + 2, E X(1) = 3e − 2 from 1.
    const process: MeanFieldProcess = {
      dimension: 1,
      jumps: [
        {
          rate: constantRate(1),
          change: jumpMap((x) => {
            x[0]! *= 2;
          }),
        },
        { rate: constantRate(2), change: { kind: 'displacement', by: Float64Array.of(1) } },
        { rate: constantRate(0), change: { kind: 'displacement', by: Float64Array.of(1e9) } },
      ],
    };
    const { final } = solve(process, {
      initial: Array.from({ length: 20_000 }, () => [1]),
      until: 1,
      scheme,
      rng: stream(2),
    });
    const { mean, standardError } = average(final.data, 1, (x) => x[0]!);
    // Nothing is frozen here but the order within a step, which is random: no bias at all.
    expect(Math.abs(mean - (3 * Math.E - 2))).toBeLessThan(Z * standardError);
  });

  it('partners come from the cloud before the leap, whatever has moved since', () => {
    // Everyone copies a partner and adds 100: with frozen partners nobody can have copied a copy in one leap.
    const process: MeanFieldProcess = {
      dimension: 1,
      jumps: [
        {
          rate: constantRate(50),
          change: jumpMap(
            (x, _s, _t, { cloud, count, rng }) => {
              x[0] = cloud[Math.floor(rng.uniform() * count)]! + 100;
            },
            { partners: true },
          ),
        },
      ],
    };
    const { final } = solve(process, {
      initial: Array.from({ length: 50 }, () => [0]),
      until: 1,
      scheme: tauLeap({ step: 1 }),
      rng: stream(3),
    });
    expect([...final.data].every((x) => x === 100)).toBe(true);
  });

  it('a map gets each particle at most once in a list, and the fast path does what the single one does', () => {
    const single = linearDropout({ jumpSize: 0.05 });
    const fast = single.process.jumps![0]!;
    const slow: MeanFieldProcess = {
      ...single.process,
      jumps: [
        {
          ...fast,
          change: jumpMap((x, s) => {
            x[0]! -= 0.05 * (s[0]! - 1);
          }),
        },
      ],
    };
    const options = { initial: single.initial(30), until: 1, scheme: midpointLeap({ step: 0.25 }), rng: stream(4) };
    expect(solve(slow, options).final.data).toEqual(solve(single.process, options).final.data);
    const seen: number[] = [];
    solve(
      {
        ...single.process,
        jumps: [
          {
            rate: constantRate(20),
            change: jumpMap({
              many(_cloud, indices, count) {
                const listed = [...indices.subarray(0, count)];
                expect(new Set(listed).size).toBe(count);
                seen.push(count);
              },
            }),
          },
        ],
      },
      options,
    );
    expect(seen.length).toBeGreaterThan(20);
  });
});

describe('adaptiveTauLeap', () => {
  it('keeps populations non-negative, and is right to its tolerance', () => {
    for (const problem of [reversibleBinding(), birthDeath({ birth: 1, death: 0.5, start: 10, until: 3 })]) {
      const { of, exact } = problem.expectations[0]!;
      const values = Float64Array.from({ length: 300 }, (_, run) => {
        const { final, outcome } = solve(problem.process, {
          initial: problem.initial(1),
          until: problem.until,
          scheme: adaptiveTauLeap({ tolerance: 0.03 }),
          rng: stream(5).split(run),
        });
        expect(outcome.code).toBe('completed');
        expect(Math.min(...final.data)).toBeGreaterThanOrEqual(0);
        return of(final.data);
      });
      const { mean, standardError } = average(values, 1, (x) => x[0]!);
      expect(Math.abs(mean - exact)).toBeLessThan(Z * standardError + 0.03 * exact);
    }
  });

  it('takes far fewer steps than there are events', () => {
    const { process, initial, until } = reversibleBinding();
    const options = { initial: initial(1), until, rng: stream(6) };
    const events = solve(process, { ...options, scheme: exactJumps() }).statistics.events!;
    const steps = solve(process, { ...options, scheme: adaptiveTauLeap({ tolerance: 0.1 }) }).statistics.steps!;
    expect(steps).toBeLessThan(events / 4);
  });
});
