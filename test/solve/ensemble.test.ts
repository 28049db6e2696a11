import { fc, test } from '@fast-check/vitest';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/random/index.ts';
import { exactJumps } from '../../src/scheme/index.ts';
import { EnsembleMoments, mergeEnsembles, solveEnsemble } from '../../src/solve/index.ts';
import { birthDeath } from '../problems/birth-death.ts';

describe('EnsembleMoments', () => {
  test.prop([fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 }), fc.nat()])(
    'is the mean and variance of all, however it is split and merged',
    (values, cut) => {
      const parts = [new EnsembleMoments(1), new EnsembleMoments(1)];
      values.forEach((x, k) => {
        parts[k < cut % values.length ? 0 : 1]!.add([x]);
      });
      parts[0]!.merge(parts[1]!);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
      expect(parts[0]!.mean[0]).toBeCloseTo(mean, 9);
      expect(parts[0]!.variance[0]! / Math.max(1, variance)).toBeCloseTo(variance / Math.max(1, variance), 9);
    },
  );

  it('knows what it can’t know', () => {
    const moments = new EnsembleMoments(1);
    expect(moments.mean[0]).toBeNaN();
    moments.add([3]);
    expect(moments.mean[0]).toBe(3);
    expect(moments.variance[0]).toBeNaN();
  });
});

describe('solveEnsemble', () => {
  const { process, initial, expectations } = birthDeath({ until: 2 });
  const options = {
    initial: initial(1),
    until: 2,
    scheme: exactJumps(),
    saveAt: [1, 2],
    save: ({ cloud }: { cloud: Float64Array }) => [cloud[0]!],
    rng: stream(1),
  };

  it('gives the mean over independent runs', () => {
    const { moments, outcomes } = solveEnsemble(process, { ...options, runs: 2000 });
    expect(outcomes).toEqual({ completed: 2000 });
    // 5 standard errors: 6e-7; the seed is fixed.
    expect(Math.abs(moments[1]!.mean[0]! - expectations[0]!.exact)).toBeLessThan(5 * moments[1]!.standardError[0]!);
  });

  it('is the same run by run, whoever does which', () => {
    const whole = solveEnsemble(process, { ...options, runs: 50 });
    const merged = mergeEnsembles(
      solveEnsemble(process, { ...options, runs: 20 }),
      solveEnsemble(process, { ...options, runs: 30, firstRun: 20 }),
    );
    expect(merged.outcomes).toEqual(whole.outcomes);
    expect(merged.moments[1]!.count).toBe(50);
    expect(merged.moments[1]!.mean[0]).toBeCloseTo(whole.moments[1]!.mean[0]!, 12);
    expect(merged.moments[1]!.variance[0]).toBeCloseTo(whole.moments[1]!.variance[0]!, 9);
  });

  // Two steps, to 1 and to 2, of which one is allowed: every run fails.
  const failing = { ...options, maxSteps: 1, saveAt: [1] };

  it('counts failures and names the first', () => {
    const { outcomes, firstFailure } = solveEnsemble(process, { ...failing, runs: 20, firstRun: 3 });
    expect(outcomes).toEqual({ failed: 20 });
    expect(firstFailure).toMatchObject({ run: 3, outcome: { code: 'failed' } });
  });

  it('merges to the first failure, whichever part comes first', () => {
    const [early, late] = [0, 10].map((firstRun) => solveEnsemble(process, { ...failing, runs: 10, firstRun }));
    expect(mergeEnsembles(late!, early!).firstFailure!.run).toBe(0);
    expect(mergeEnsembles(early!, late!).firstFailure!.run).toBe(0);
  });

  it('takes the times as an ndarray', () => {
    const { times, moments } = solveEnsemble(process, { ...options, runs: 2, saveAt: ndarray([1, 2]) });
    expect([...times]).toEqual([1, 2]);
    expect(moments).toHaveLength(2);
  });
});
