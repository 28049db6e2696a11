import { describe, expect, it } from 'vitest';
import {
  boundedRate,
  constantRate,
  displacement,
  integratedRate,
  jumpMap,
  type MeanFieldProcess,
  stateRate,
} from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import { dormandPrince, euler, exactJumps, jumpAdapted, rk4, type Scheme, tauLeap } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';

const run = (process: MeanFieldProcess, scheme: Scheme, start = 0, until = 10) =>
  solve(process, { initial: [[start]], until, scheme, rng: stream(1) }).outcome;
const drift = (f: (x: number, t: number) => number): MeanFieldProcess => ({
  dimension: 1,
  drift: {
    particle: (x, _s, t, out) => {
      out[0] = f(x[0]!, t);
    },
  },
});
const up = displacement([1]);
const counting = (rate: (x: number) => number): MeanFieldProcess => ({
  dimension: 1,
  jumps: [{ name: 'up', rate: stateRate((x) => rate(x[0]!)), change: up }],
});

describe('a run that can’t go on ends in a specific outcome, with the time', () => {
  it('a state that explodes: diverged', () => {
    const outcome = run(
      drift((x) => x ** 3),
      euler({ step: 0.1 }),
      2,
    );
    expect(outcome.code).toBe('diverged');
    expect(outcome.time).toBeLessThan(1.5);
  });

  it('NaN from a drift at a finite state: failed, and says which', () => {
    const outcome = run(
      drift((_x, t) => (t > 0.55 ? Number.NaN : 1)),
      euler({ step: 0.1 }),
    );
    expect(outcome).toMatchObject({
      code: 'failed',
      message: 'drift returned NaN for particle 0, whose state is finite',
    });
    expect(outcome.time).toBeCloseTo(0.6, 12);
  });

  it('a singularity under adaptive steps: stepTooSmall, near it', () => {
    const outcome = run(
      drift((x) => x * x),
      dormandPrince(),
      1,
    );
    expect(outcome.code).toBe('stepTooSmall');
    expect(outcome.time).toBeCloseTo(1, 4);
    expect(outcome.message).toContain('loosen the tolerance');
  });

  it('an adaptive trial that leaves the domain is tried again shorter; a drift that is NaN everywhere fails', () => {
    // √(1 − x) is NaN beyond 1, where a long trial goes; x stays below.
    const root = run(
      drift((x) => (x > 1 ? Number.NaN : Math.sqrt(1 - x))),
      dormandPrince({ initialStep: 50 }),
      0,
      1.5,
    );
    expect(root.code).toBe('completed');
    expect(
      run(
        drift(() => Number.NaN),
        dormandPrince(),
      ),
    ).toMatchObject({ code: 'failed', time: 0 });
  });

  it.each([
    ['negative', -1, /the rate of up is -1 for particle 0/],
    ['NaN', Number.NaN, /the rate of up is NaN/],
    ['infinite', Number.POSITIVE_INFINITY, /the rate of up is Infinity/],
  ])('a rate that becomes %s: failed, in every scheme', (_name, bad, message) => {
    const process = counting((x) => (x < 3 ? 1 : bad));
    for (const scheme of [exactJumps(), tauLeap({ step: 0.1 })]) {
      const outcome = run(process, scheme);
      expect(outcome).toMatchObject({ code: 'failed', message: expect.stringMatching(message) });
      expect(outcome.time).toBeGreaterThan(0);
      expect(outcome.time).toBeLessThan(10);
    }
    const flowing = {
      ...drift(() => 0),
      jumps: [{ name: 'up', rate: integratedRate((x) => (x[0]! < 3 ? 1 : bad)), change: up }],
    };
    expect(run(flowing, jumpAdapted({ continuous: rk4({ step: 0.1 }) }))).toMatchObject({
      code: 'failed',
      message: expect.stringMatching(message),
    });
  });

  it('a rate that becomes zero: the rest is quiet', () => {
    const { outcome, final } = solve(
      counting((x) => (x < 3 ? 1 : 0)),
      { initial: [[0]], until: 100, scheme: exactJumps(), rng: stream(1) },
    );
    expect(outcome).toMatchObject({ code: 'completed', time: 100 });
    expect(final.get(0, 0)).toBe(3);
  });

  it('a thinning bound that is exceeded: failed, with both numbers', () => {
    const jump = { name: 'up', rate: boundedRate((x) => 1 + x[0]!, { bound: 3 }), change: up };
    for (const [process, scheme] of [
      [{ dimension: 1, jumps: [jump] }, exactJumps()],
      [{ ...drift(() => 0), jumps: [jump] }, jumpAdapted({ continuous: rk4({ step: 0.1 }) })],
    ] as const) {
      const outcome = run(process, scheme);
      expect(outcome.code).toBe('failed');
      expect(outcome.message).toMatch(/the rate of up is 4 for particle 0, above its bound 3/);
      expect(outcome.time).toBeLessThan(10);
    }
  });

  it('a bound that is no bound: failed', () => {
    const rate = boundedRate(() => 1, { bound: (x) => (x[0]! < 1 ? 1 : Number.NaN) });
    expect(run({ dimension: 1, jumps: [{ rate, change: up }] }, exactJumps())).toMatchObject({
      code: 'failed',
      message: expect.stringContaining('the bound of jumps[0] is NaN'),
    });
  });

  it('a jump map that returns NaN: failed, with the jump', () => {
    const change = jumpMap((x) => {
      x[0] = Number.NaN;
    });
    for (const scheme of [exactJumps(), tauLeap({ step: 0.1 })])
      expect(run({ dimension: 1, jumps: [{ name: 'bad', rate: constantRate(5), change }] }, scheme)).toMatchObject({
        code: 'failed',
        message: expect.stringContaining('bad moved particle 0'),
      });
  });

  it('what the user’s function throws passes through', () => {
    const process = drift(() => {
      throw new TypeError('mine');
    });
    expect(() => run(process, euler({ step: 0.1 }))).toThrow(TypeError);
  });
});
