import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../../src/base/errors.ts';
import { brownianTree, type MeanFieldProcess } from '../../../src/process/index.ts';
import { stream } from '../../../src/random/index.ts';
import { dri1, eulerMaruyama, milstein, type Scheme, schemeTable, sra1, sriw1 } from '../../../src/scheme/index.ts';
import { solve } from '../../../src/solve/index.ts';
import { boundedDiffusion } from '../../problems/bounded-diffusion.ts';
import { diagonalNoises, noncommutingNoises, stretchAndTurn } from '../../problems/linear-system.ts';
import { meanFieldOrnsteinUhlenbeck } from '../../problems/mean-field-ornstein-uhlenbeck.ts';
import { noiseFedBySpread } from '../../problems/noise-fed-by-spread.ts';

const end = (process: MeanFieldProcess, scheme: Scheme, initial: number[][], seed = 4) =>
  solve(process, { initial, until: 0.5, scheme, rng: stream(seed), noise: 'common' }).final.data;

describe('SDE schemes', () => {
  it('refuse what they cannot do, and name who can', () => {
    const { process, initial, until } = noncommutingNoises();
    const run = (scheme: Scheme) => () => solve(process, { initial: initial(1), until, scheme, rng: stream(1) });
    for (const scheme of [milstein({ step: 0.1 }), sriw1({ step: 0.1 }), sra1({ step: 0.1 })]) {
      expect(run(scheme)).toThrow(ArgumentError);
      expect(run(scheme)).toThrow(/eulerMaruyama, dri1/);
    }
    const stratonovich = boundedDiffusion({ calculus: 'stratonovich' });
    expect(() =>
      solve(stratonovich.process, { initial: [[0]], until: 1, scheme: eulerMaruyama({ step: 0.1 }), rng: stream(1) }),
    ).toThrow(/milstein, stochasticHeun/);
  });

  it('Milstein without derivatives is the one with them up to O(h)', () => {
    const gaps = [1 / 16, 1 / 64].map((step) => {
      const [told, found] = [true, false].map(
        (tells) => end(boundedDiffusion({ tells }).process, milstein({ step }), [[0.5]]) as Float64Array,
      );
      return Math.abs(told![0]! - found![0]!);
    });
    expect(gaps[0]).toBeLessThan(0.02);
    expect(gaps[1]).toBeLessThan(0.5 * gaps[0]!);
  });

  it('see the same process as columns, as one noise and entry by entry', () => {
    // Linear diagonal noise as a 2 × 2 matrix of columns that commute.
    const { process } = diagonalNoises();
    const diagonal = process.diffusion!;
    const row = new Float64Array(2);
    const columns: MeanFieldProcess = {
      ...process,
      diffusion: {
        noise: 'general',
        noises: 2,
        commutative: true,
        calculus: 'ito',
        particle: (x, s, t, out) => {
          diagonal.particle!(x, s, t, row);
          out.set([row[0]!, 0, 0, row[1]!]);
        },
      },
    };
    for (const make of [eulerMaruyama, milstein, dri1] as const) {
      const [a, b] = [process, columns].map((p) => end(p, make({ step: 1 / 16 }), [[1, 0.5]]) as Float64Array);
      for (const j of [0, 1]) expect(a![j]).toBeCloseTo(b![j]!, make === dri1 ? 12 : 13);
    }
  });

  it('gain nothing and lose nothing from being told that noise is additive', () => {
    const { process } = meanFieldOrnsteinUhlenbeck();
    const { additive: _, ...silent } = process.diffusion!;
    const start = [[1], [0], [-1]];
    for (const make of [eulerMaruyama, milstein, sriw1, dri1] as const) {
      const told = end(process, make({ step: 1 / 8 }), start) as Float64Array;
      const untold = end({ ...process, diffusion: silent }, make({ step: 1 / 8 }), start) as Float64Array;
      told.forEach((x, i) => {
        expect(x).toBeCloseTo(untold[i]!, 13);
      });
    }
  });

  it('have the exact second moment of few interacting particles, N = 4', () => {
    const particles = 4;
    const problem = meanFieldOrnsteinUhlenbeck({ particles });
    const runs = 4000;
    const of = problem.expectations[1]!;
    const means = Float64Array.from({ length: runs }, (_, run) => {
      const { final } = solve(problem.process, {
        initial: problem.initial(particles),
        until: problem.until,
        scheme: sra1({ step: 1 / 16 }),
        rng: stream(6).split(run),
      });
      return (final.data as Float64Array).reduce((sum, x) => sum + x * x, 0) / particles;
    });
    const mean = means.reduce((sum, x) => sum + x, 0) / runs;
    const deviation = Math.sqrt(means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1));
    // 5 standard errors, false alarm 6e-7, seed fixed; the bias of the step is below 1e-3 (test/laws). In the limit N = ∞ it is 0.028 less.
    expect(Math.abs(mean - of.exact)).toBeLessThan((5 * deviation) / Math.sqrt(runs));
    const limit = meanFieldOrnsteinUhlenbeck().expectations[1]!.exact;
    expect(Math.abs(limit - of.exact)).toBeGreaterThan((2 * deviation) / Math.sqrt(runs));
  });

  it('widths share their paths: the first particles of a wide cloud are those of a narrow one when they are independent', () => {
    const { process } = stretchAndTurn();
    for (const row of schemeTable.filter(
      ({ make }) => make(1).info.name === 'dri1' || make(1).info.name === 'milstein',
    )) {
      const narrow = end(process, row.make(0.1), [
        [1, 0],
        [0, 1],
      ]) as Float64Array;
      const wide = end(process, row.make(0.1), [
        [1, 0],
        [0, 1],
        [2, 2],
      ]) as Float64Array;
      expect(Array.from(wide.subarray(0, 4))).toEqual(Array.from(narrow));
    }
  });

  it('what σ owes to the others through s falls with their number: SRIW1 against a step 16 times shorter', () => {
    const gap = (count: number) => {
      const { process } = noiseFedBySpread({ start: 1 });
      const initial = Array.from({ length: count }, () => [1]);
      const brownian = brownianTree(stream(12), count);
      const run = (step: number) =>
        solve(process, { initial, until: 0.5, scheme: sriw1({ step }), rng: stream(1), noise: { brownian } }).final
          .data as Float64Array;
      const [coarse, fine] = [run(1 / 32), run(1 / 512)];
      return Math.sqrt(coarse.reduce((sum, x, i) => sum + (x - fine[i]!) ** 2, 0) / count);
    };
    expect(gap(800)).toBeLessThan(0.4 * gap(25));
  });

  it('reject a step that is none', () => {
    expect(() => eulerMaruyama({ step: 0 })).toThrow(ArgumentError);
    expect(() => dri1({ step: Number.NaN })).toThrow(ArgumentError);
  });
});
