import { describe, expect, it } from 'vitest';
import { boundedRate, constantRate, displacement, type MeanFieldProcess, stateRate } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import { dormandPrince, exactJumps, jumpAdapted, rk4 } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';

const decay: MeanFieldProcess = {
  dimension: 1,
  drift: {
    particle: (x, _s, _t, out) => {
      out[0] = -x[0]!;
    },
  },
};

describe('events', () => {
  it.each([
    ['rk4', rk4({ step: 0.1 }), 1e-6],
    ['dormandPrince', dormandPrince({ relativeTolerance: 1e-10, absoluteTolerance: 1e-12 }), 1e-9],
  ])('the root is found within a step: %s', (_name, scheme, accuracy) => {
    const { outcome, final } = solve(decay, {
      initial: [[1]],
      until: 5,
      scheme,
      events: [{ name: 'half', when: ({ cloud }) => cloud[0]! - 0.5 }],
    });
    expect(outcome).toMatchObject({ code: 'terminated', message: 'event half' });
    expect(Math.abs(outcome.time - Math.log(2))).toBeLessThan(accuracy);
    expect(final.get(0, 0)).toBeCloseTo(0.5, 9);
  });

  it('a bouncing ball: the state is changed at each landing, falling crossings only', () => {
    const fall: MeanFieldProcess = {
      dimension: 2,
      drift: {
        particle: (x, _s, _t, out) => {
          out[0] = x[1]!;
          out[1] = -2;
        },
      },
    };
    const landings: number[] = [];
    solve(fall, {
      initial: [[1, 0]],
      until: 6,
      scheme: dormandPrince({ maxStep: 0.2 }),
      events: [
        {
          name: 'landing',
          direction: 'falling',
          when: ({ cloud }) => cloud[0]!,
          effect: ({ time, cloud }) => {
            landings.push(time);
            cloud[1] = -0.5 * cloud[1]!;
            return 'continue';
          },
        },
      ],
    });
    // Falls for 1, then flies for 2·½, 2·¼, …
    [1, 2, 2.5, 2.75].forEach((time, k) => {
      expect(landings[k]).toBeCloseTo(time, 6);
    });
  });

  it('rates are recomputed after an event has changed the state', () => {
    // Nothing can happen from 0; at t = 1 the event puts 1000 there, which then decay.
    const process: MeanFieldProcess = {
      dimension: 1,
      jumps: [{ rate: stateRate((x) => x[0]!), change: displacement([-1]) }],
    };
    for (const rate of [stateRate((x) => x[0]!), boundedRate((x) => x[0]!, { bound: (x) => x[0]! })]) {
      const { final, outcome } = solve(
        { ...process, jumps: [{ rate, change: displacement([-1]) }] },
        {
          initial: [[0]],
          until: 2,
          scheme: exactJumps(),
          rng: stream(1),
          events: [
            {
              name: 'refill',
              when: ({ time }) => time - 1,
              effect: ({ cloud }) => {
                cloud[0] = 1000;
                return 'continue';
              },
            },
          ],
        },
      );
      expect(outcome.code).toBe('completed');
      // Binomial(1000, 1/e): 5 standard deviations, false alarm 6e-7; the seed is fixed.
      expect(Math.abs(final.get(0, 0) - 1000 / Math.E)).toBeLessThan(5 * Math.sqrt((1000 / Math.E) * (1 - 1 / Math.E)));
    }
  });

  it('an event within a flow between jumps, and one that a jump makes', () => {
    const process = { ...decay, jumps: [{ rate: constantRate(0.5), change: displacement([1]) }] };
    const scheme = jumpAdapted({ continuous: rk4({ step: 0.5 }) });
    const low = solve(process, {
      initial: [[2]],
      until: 100,
      scheme,
      rng: stream(3),
      events: [{ name: 'low', when: ({ cloud }) => cloud[0]! - 0.2 }],
    });
    expect(low.outcome.code).toBe('terminated');
    expect(low.final.get(0, 0)).toBeCloseTo(0.2, 7);
    const high = solve(process, {
      initial: [[0.1]],
      until: 1000,
      scheme,
      rng: stream(3),
      events: [{ name: 'high', when: ({ cloud }) => cloud[0]! - 1.5 }],
    });
    expect(high.outcome.code).toBe('terminated');
    expect(high.final.get(0, 0)).toBeGreaterThan(1.5);
  });

  it('watching does not change an exact path', () => {
    const process: MeanFieldProcess = { dimension: 1, jumps: [{ rate: constantRate(1), change: displacement([1]) }] };
    const options = { initial: [[0], [0], [0]], until: 20, scheme: exactJumps(), rng: stream(4) };
    const seen: number[] = [];
    const watched = solve(process, {
      ...options,
      events: [
        {
          name: 'watch',
          when: ({ cloud }) => Math.sin(cloud[0]! + cloud[1]! + 0.5),
          effect: ({ time }) => {
            seen.push(time);
            return 'continue';
          },
        },
      ],
    });
    expect(seen.length).toBeGreaterThan(3);
    // After an event the waiting time is drawn anew; watching something that never happens leaves every bit.
    const never = [{ name: 'never', when: () => 1 }];
    expect(solve(process, { ...options, events: never }).final.data).toEqual(solve(process, options).final.data);
    expect(watched.outcome.code).toBe('completed');
  });
});
