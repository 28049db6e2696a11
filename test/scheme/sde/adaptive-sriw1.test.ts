import { describe, expect, it } from 'vitest';
import { brownianTree, freshBrownian, type MeanFieldProcess } from '../../../src/process/index.ts';
import { stream } from '../../../src/random/index.ts';
import { adaptiveSriw1 } from '../../../src/scheme/index.ts';
import { solve } from '../../../src/solve/index.ts';

const [alpha, beta] = [0.5, 0.9];

/** Geometric Brownian motion, and its own Brownian motion as the second coordinate: the same path, whatever was rejected. */
const withWitness: MeanFieldProcess = {
  dimension: 2,
  drift: {
    particle: (x, _s, _t, out) => {
      out[0] = alpha * x[0]!;
      out[1] = 0;
    },
  },
  diffusion: {
    noise: 'scalar',
    calculus: 'ito',
    particle: (x, _s, _t, out) => {
      out[0] = beta * x[0]!;
      out[1] = 1;
    },
  },
};

describe('adaptiveSriw1', () => {
  it('keeps the path when it rejects: the error is that of the tolerance, and W(1) stays N(0, 1)', () => {
    const runs = 600;
    const scheme = adaptiveSriw1({ relativeTolerance: 3e-3, absoluteTolerance: 1e-4, initialStep: 0.5 });
    let [rejected, steps, sum, squares, fourth, error] = [0, 0, 0, 0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const { final, statistics } = solve(withWitness, { initial: [[1, 0]], until: 1, scheme, rng: stream(run) });
      const w = final.get(0, 1);
      rejected += statistics.rejected!;
      steps += statistics.steps!;
      sum += w;
      squares += w * w;
      fourth += w ** 4;
      error += Math.abs(final.get(0, 0) * Math.exp(-(alpha - beta ** 2 / 2) - beta * w) - 1) / runs;
    }
    expect(rejected).toBeGreaterThan(0.1 * steps);
    expect(error).toBeLessThan(0.015);
    // 5 standard errors each (√1, √2, √96): false alarm 2e-6, and the seeds are fixed.
    expect(Math.abs(sum / runs)).toBeLessThan(5 / Math.sqrt(runs));
    expect(Math.abs(squares / runs - 1)).toBeLessThan(5 * Math.sqrt(2 / runs));
    expect(Math.abs(fourth / runs - 3)).toBeLessThan(5 * Math.sqrt(96 / runs));
  });

  it('comes nearer to the exact path as the tolerance falls, on one path', () => {
    const paths = 50;
    const errors = [1e-1, 1e-2, 1e-3, 1e-4].map((relativeTolerance) => {
      const { final } = solve(withWitness, {
        initial: Array.from({ length: paths }, () => [1, 0]),
        until: 1,
        scheme: adaptiveSriw1({ relativeTolerance, absoluteTolerance: relativeTolerance / 10 }),
        rng: stream(2),
        noise: { brownian: brownianTree(stream(2).split('tree'), paths) },
      });
      let sum = 0;
      for (let i = 0; i < paths; i++)
        sum += Math.abs(final.get(i, 0) / Math.exp(alpha - beta ** 2 / 2 + beta * final.get(i, 1)) - 1);
      return sum / paths;
    });
    for (let k = 1; k < errors.length; k++) expect(errors[k]!).toBeLessThan(0.4 * errors[k - 1]!);
  });

  it('takes short steps only where the noise bursts', () => {
    const burst: MeanFieldProcess = {
      dimension: 1,
      diffusion: {
        noise: 'scalar',
        calculus: 'ito',
        particle: (x, _s, t, out) => {
          out[0] = (t > 0.4 && t < 0.5 ? 8 : 0.05) * Math.sin(x[0]!);
        },
      },
    };
    const scheme = adaptiveSriw1({ relativeTolerance: 1e-2, absoluteTolerance: 1e-3, initialStep: 0.1 });
    const { statistics, saved } = solve(burst, {
      initial: [[1]],
      until: 1,
      scheme,
      rng: stream(3),
      saveAt: [0.39, 0.51, 1],
      save: () => 0,
    });
    expect(saved).toHaveLength(3);
    expect(statistics.rejected).toBeGreaterThan(2);
    const calm = solve(burst, { initial: [[1]], until: 0.39, scheme, rng: stream(3) });
    expect(calm.statistics.steps).toBeLessThan(0.3 * statistics.steps!);
  });

  it('ends as stepTooSmall at a singularity', () => {
    const wall: MeanFieldProcess = {
      dimension: 1,
      drift: {
        particle: (_x, _s, t, out) => {
          out[0] = 1 / (0.5 - t) ** 2;
        },
      },
      diffusion: {
        noise: 'scalar',
        calculus: 'ito',
        particle: (_x, _s, _t, out) => {
          out[0] = 0.1;
        },
      },
    };
    const { outcome } = solve(wall, {
      initial: [[0]],
      until: 1,
      scheme: adaptiveSriw1(),
      rng: stream(1),
      maxSteps: 5000,
    });
    expect(['stepTooSmall', 'failed']).toContain(outcome.code);
    expect(outcome.time).toBeLessThanOrEqual(0.5);
  });

  it('needs a source whose pieces are remembered: a rejected step asks about part of what it asked before', () => {
    const asked: [number, number][] = [];
    const inner = freshBrownian(stream(9), 1);
    const source = {
      ...inner,
      paths: 1,
      incrementInto: inner.incrementInto.bind(inner),
      forgetBefore: inner.forgetBefore.bind(inner),
      save: inner.save.bind(inner),
      load: inner.load.bind(inner),
      incrementAndAreaInto(from: number, to: number, w: Float64Array, h: Float64Array) {
        asked.push([from, to]);
        inner.incrementAndAreaInto(from, to, w, h);
      },
    };
    const scheme = adaptiveSriw1({ relativeTolerance: 1e-3, initialStep: 0.5 });
    solve(withWitness, { initial: [[1, 0]], until: 1, scheme, rng: stream(1), noise: { brownian: source } });
    const retried = asked.filter(([from, to], i) => i > 0 && from === asked[i - 1]![0] && to < asked[i - 1]![1]);
    expect(retried.length).toBeGreaterThan(0);
  });
});
