import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/base/outcome.ts';
import { constantRate, displacement, type MeanFieldProcess } from '../../src/process/index.ts';
import { fillNormal, stream } from '../../src/random/index.ts';
import { dormandPrince, euler, exactJumps, rk4, schemeTable } from '../../src/scheme/index.ts';
import { saveMoments, saveQuantiles, saveStates, saveStatistics, solve, solveAsync } from '../../src/solve/index.ts';
import { forcedOscillator } from '../problems/forced-oscillator.ts';
import { logisticMeanFieldFlow } from '../problems/logistic-mean-field-flow.ts';

const decay: MeanFieldProcess = {
  dimension: 1,
  drift: {
    particle: (x, _s, _t, out) => {
      out[0] = -x[0]!;
    },
  },
};

describe('solve', () => {
  it('hits save times exactly, and keeps its grid between them', () => {
    const saveAt = [0, 0.25, 0.3, 1];
    const { times, saved, outcome } = solve(decay, {
      initial: [[1]],
      until: 1,
      scheme: rk4({ step: 0.1 }),
      saveAt,
      save: ({ time, cloud }) => [time, cloud[0]!] as const,
    });
    expect(outcome).toEqual({ code: 'completed', time: 1, steps: 11, message: '' });
    expect([...times]).toEqual(saveAt);
    for (const [time, x] of saved) expect(x).toBeCloseTo(Math.exp(-time), 6);
    expect(saved.map(([time]) => time)).toEqual(saveAt);
  });

  it('saves states, statistics, moments, quantiles', () => {
    const { process, initial } = logisticMeanFieldFlow();
    const options = { initial: initial(5), until: 1, scheme: rk4({ step: 0.1 }), saveAt: [0] };
    expect(solve(process, { ...options, save: saveStates() }).saved[0]!.shape).toEqual([5, 1]);
    expect(solve(process, { ...options, save: saveStatistics() }).saved[0]![0]).toBeCloseTo(0.5, 12);
    const moments = solve(process, { ...options, save: saveMoments() }).saved[0]!;
    expect(moments.mean[0]).toBeCloseTo(0.5, 12);
    expect(moments.secondMoment[0]).toBeCloseTo((0.26 ** 2 + 0.38 ** 2 + 0.25 + 0.62 ** 2 + 0.74 ** 2) / 5, 12);
    const quantiles = solve(process, { ...options, save: saveQuantiles([0, 0.5, 0.625, 1]) }).saved[0]!;
    // Half-way between the third and the fourth of five.
    expect([...quantiles[0]!].map((q) => +q.toFixed(12))).toEqual([0.26, 0.5, 0.56, 0.74]);
  });

  it('draws the start from a law, by the name of the stream', () => {
    const law = { sampleInto: fillNormalInto };
    const options = { initial: { count: 4, law }, until: 1, scheme: euler({ step: 0.5 }) };
    const first = solve(decay, { ...options, rng: stream(1) }).final.data;
    expect(solve(decay, { ...options, rng: stream(1) }).final.data).toEqual(first);
    expect(solve(decay, { ...options, rng: stream(2) }).final.data).not.toEqual(first);
  });

  it('looks up any time in dense output to the order of the interpolant', () => {
    const { process, initial, until, exact } = forcedOscillator();
    const { at } = solve(process, {
      initial,
      until,
      scheme: dormandPrince({ relativeTolerance: 1e-9, absoluteTolerance: 1e-9 }),
      dense: true,
    });
    for (let t = 0; t <= until; t += 0.01) {
      const state = at!(Math.min(t, until));
      expect(state.get(0, 0)).toBeCloseTo(exact(t)[0], 7);
      expect(state.get(0, 1)).toBeCloseTo(exact(t)[1], 7);
    }
    expect(() => at!(until + 1)).toThrow('time must be');
  });

  it('reports progress at most about a hundred times, up to 1', () => {
    const seen: number[] = [];
    solve(decay, { initial: [[1]], until: 1, scheme: rk4({ step: 1e-4 }), progress: (f) => seen.push(f) });
    expect(seen.length).toBeLessThanOrEqual(101);
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  it('stops at a signal with what it has', async () => {
    const controller = new AbortController();
    const { outcome, saved } = solve(decay, {
      initial: [[1]],
      until: 1,
      scheme: rk4({ step: 0.01 }),
      saveAt: [0, 0.5, 1],
      save: ({ time }) => {
        if (time === 0.5) controller.abort();
        return time;
      },
      signal: controller.signal,
    });
    expect(outcome).toMatchObject({ code: 'aborted', time: 0.5 });
    expect(saved).toEqual([0, 0.5]);
    const later = new AbortController();
    setTimeout(() => later.abort(), 50);
    const run = await solveAsync(decay, {
      initial: [[1]],
      until: 1e9,
      scheme: euler({ step: 0.01 }),
      signal: later.signal,
    });
    expect(run.outcome.code).toBe('aborted');
  });

  it('gives the same bits with solveAsync', async () => {
    const options = { initial: [[1]], until: 1, scheme: rk4({ step: 0.01 }) };
    expect((await solveAsync(decay, options)).final.data).toEqual(solve(decay, options).final.data);
  });

  it('throws on failure when asked', () => {
    const options = { initial: [[1]], until: 1, scheme: rk4({ step: 0.01 }), maxSteps: 3 };
    expect(solve(decay, options).outcome).toMatchObject({ code: 'failed', steps: 3 });
    expect(() => solve(decay, { ...options, throwOnFailure: true })).toThrow(RunError);
  });

  it('leaves the caller’s start alone', () => {
    const initial = [[1]];
    solve(decay, { initial, until: 1, scheme: euler({ step: 0.1 }) });
    expect(initial).toEqual([[1]]);
  });

  it('does not allocate by step: memory stays where it was over a million steps', () => {
    const options = { initial: [[1]], until: 1, scheme: euler({ step: 1e-6 }) };
    const before = process.memoryUsage().arrayBuffers;
    solve(decay, options);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });
});

describe('solve rejects, before any work', () => {
  const good = { initial: [[1]], until: 1, scheme: rk4({ step: 0.1 }) };
  it.each([
    ['until', { ...good, until: 0 }],
    ['until', { ...good, until: Number.NaN }],
    ['from', { ...good, from: Number.POSITIVE_INFINITY }],
    ['initial', { ...good, initial: [[1, 2]] }],
    ['initial', { ...good, initial: [] }],
    ['initial[0][0]', { ...good, initial: [[Number.NaN]] }],
    ['saveAt[1]', { ...good, saveAt: [0.5, 0.5], save: () => 0 }],
    ['saveAt[0]', { ...good, saveAt: [2], save: () => 0 }],
    ['save', { ...good, saveAt: [1] }],
    ['maxSteps', { ...good, maxSteps: 0 }],
    ['dense', { ...good, dense: true }],
    ['scheme', { ...good, scheme: exactJumps(), rng: stream(1) }],
    ['scheme', { ...good, scheme: undefined as never }],
    ['resume', { ...good, resume: new Uint8Array(3) }],
  ])('a bad %s', (name, options) => {
    expect(() => solve(decay, options)).toThrow(expect.objectContaining({ name: 'ArgumentError', argument: name }));
  });

  it('a random problem without a stream, and names schemes that can solve one that this can’t', () => {
    const jumping = { ...decay, jumps: [{ rate: constantRate(1), change: displacement([1]) }] };
    expect(() => solve(jumping, { ...good, scheme: exactJumps(), rng: stream(1) })).toThrow(
      /piecewise-deterministic.*these can: jumpAdapted, lieSplitting, strangSplitting/,
    );
    const pure: MeanFieldProcess = { dimension: 1, jumps: jumping.jumps };
    expect(() => solve(pure, { ...good, scheme: exactJumps() })).toThrow('rng must be a stream');
  });

  it.each([
    ['process.dimension', { ...decay, dimension: 0 }],
    ['process', { dimension: 1 }],
    ['process.statistic', { ...decay, statistic: { size: 1 } }],
    ['process.jumps[0].rate', { ...decay, jumps: [{ rate: 3 as never, change: displacement([1]) }] }],
    ['process.jumps[0].change.by', { ...decay, jumps: [{ rate: constantRate(1), change: displacement([1, 2]) }] }],
    [
      'process.diffusion.noise',
      { ...decay, diffusion: { noise: 'pink' as never, calculus: 'ito', particle: () => {} } },
    ],
    [
      'process.diffusion.calculus',
      { ...decay, diffusion: { noise: 'scalar', calculus: '' as never, particle: () => {} } },
    ],
    ['process.diffusion.noises', { ...decay, diffusion: { noise: 'general', calculus: 'ito', particle: () => {} } }],
  ] as const)('a bad %s', (name, bad) => {
    expect(() => solve(bad as MeanFieldProcess, good)).toThrow(expect.objectContaining({ argument: name }));
  });

  it('a step that is no step, whatever the scheme', () => {
    for (const step of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      for (const row of schemeTable)
        if (row.make(0.1).info.steps === 'fixed') expect(() => row.make(step), row.factory).toThrow('step must be');
  });
});

function fillNormalInto(rng: Parameters<typeof fillNormal>[0], _count: number, out: Float64Array): void {
  fillNormal(rng, out);
}
