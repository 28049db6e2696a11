import { describe, expect, it } from 'vitest';
import { stream } from '../../src/random/index.ts';
import { exactJumps, jumpAdapted, refusal, rk4, type Scheme, schemeTable } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { decayWithJumps } from '../problems/decay-with-jumps.ts';
import { linearDecay } from '../problems/linear-decay.ts';
import { linearDropout } from '../problems/linear-dropout.ts';
import { merton } from '../problems/merton.ts';
import { penalizedLinearDropout } from '../problems/penalized-linear-dropout.ts';
import { average, type TestProblem } from '../problems/problem.ts';
import { fitOrder } from './fit-order.ts';

/** A problem, and the steps and particles with which a bias of this order stands out of the noise. */
interface Study {
  readonly order: number;
  readonly problem: TestProblem;
  readonly steps: readonly number[];
  readonly particles: number;
  /** Compare with the exact scheme on the same Poisson clocks: the noise of the difference shrinks with the step. */
  readonly against?: Scheme;
  /** The bias can't be seen with so few particles: the fit must refuse, and the bias be compatible with 0. */
  readonly belowNoise?: boolean;
}

const exact = exactJumps();
const between = jumpAdapted({ continuous: rk4({ step: 0.1 }) });
const fast = linearDropout({ jumpSize: 0.1 });
const decay = linearDecay({ channels: 1, until: 1, scale: 12 });
// Many jumps of few particles: the coupling of the flow to the exact one costs the square of their number.
const flow = decayWithJumps({ until: 2, intensity: 200 });
const denser = decayWithJumps({ until: 2, intensity: 2000 });
const halves = [0.5, 0.25, 0.125, 0.0625];
const studies: readonly Study[] = [
  { order: 1, problem: linearDropout(), steps: halves, particles: 10_000, against: exact },
  { order: 1, problem: penalizedLinearDropout(), steps: halves, particles: 400_000 },
  { order: 1, problem: decay, steps: halves, particles: 10_000, against: exact },
  { order: 1, problem: flow, steps: halves, particles: 200, against: between },
  { order: 2, problem: fast, steps: halves, particles: 40_000, against: exact },
  { order: 2, problem: decay, steps: halves, particles: 20_000, against: exact },
  { order: 2, problem: denser, steps: [1, 0.5, 0.25, 0.125], particles: 200, against: between },
  { order: 1, problem: merton(), steps: halves, particles: 40_000 },
  { order: 2, problem: merton(), steps: halves, particles: 20_000, belowNoise: true },
  // The order is that of the flow between jumps, which are far closer than the steps.
  { order: 4, problem: flow, steps: [2, 1, 0.5, 0.25], particles: 400, belowNoise: true },
];

const RUNS = 20;

/**
 * The bias of the first expectation at each step: against its exact value, or against the exact scheme on the same clocks, which has
 * none. Particles may interact, so the standard error comes from the spread of independent runs.
 */
function biases(scheme: (step: number) => Scheme, { problem, steps, particles, against }: Study) {
  const { of, exact: answer } = problem.expectations[0]!;
  const meanBy = (by: Scheme, run: number) => {
    const { outcome, final } = solve(problem.process, {
      initial: problem.initial(particles / RUNS),
      until: problem.until,
      scheme: by,
      rng: stream(7).split(run),
      noise: against ? 'common' : 'fresh',
    });
    expect(outcome.code).toBe('completed');
    return average(final.data, problem.process.dimension, of).mean;
  };
  const truth = Array.from({ length: RUNS }, (_, run) => (against ? meanBy(against, run) : answer));
  return steps.map((step) => {
    const differences = Float64Array.from(truth, (value, run) => meanBy(scheme(step), run) - value);
    const { mean, standardError } = average(differences, 1, (x) => x[0]!);
    return { step, error: mean, standardError };
  });
}

const JUMPING = new Set(['jump', 'piecewise-deterministic', 'jump-diffusion']);

const cases = schemeTable.flatMap((row) => {
  const { weakOrder } = row.make(1).info;
  if (typeof weakOrder !== 'number') return [];
  return studies
    .filter(({ order }) => order === weakOrder)
    .filter(({ problem, steps }) => refusal(row.make(steps[0]!), problem.process) === undefined)
    .map((study) => [row.factory, study.problem.name, row, study, weakOrder] as const);
});

describe('the weak order of jump schemes', () => {
  it.each(cases)('%s on %s', (factory, _name, row, study, weakOrder) => {
    const data = biases((step) => row.make(step), study);
    const fitted = fitOrder(data, weakOrder);
    const report = data.map((d) => `${d.step}: ${d.error.toExponential(2)} ± ${d.standardError.toExponential(1)}`);
    if (process.env.SHOW_ORDERS) console.log(factory, study.problem.name, weakOrder, fitted, report.join(', '));
    if (study.belowNoise) {
      expect(fitted.verdict).toBe('unresolved');
      // t with 19 degrees of freedom: |t| > 7 has probability 1e-6.
      for (const { error, standardError } of data.slice(2)) expect(Math.abs(error)).toBeLessThan(7 * standardError);
    } else expect(fitted, report.join(', ')).toMatchObject({ verdict: 'confirmed' });
  });

  it('covers every jump scheme that declares an order', () => {
    const covered = new Set(cases.map(([factory]) => factory));
    const declared = schemeTable.filter((row) => {
      const { info } = row.make(0.1);
      return typeof info.weakOrder === 'number' && info.problems.some((problem) => JUMPING.has(problem));
    });
    for (const { factory } of declared) expect(covered).toContain(factory);
  });
});
