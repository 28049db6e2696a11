import { fixedStep, type OneStep } from '../fixed-step.ts';
import { addScaled } from '../ode/explicit-runge-kutta.ts';
import type { Scheme, SchemeInfo, SteppingProblem } from '../scheme.ts';
import { copyColumn, mixedColumns } from './dri1-mixed.ts';
import { BETA_1, BETA_2, C, DRIFT_NOISE, SHIFT } from './dri1-tableau.ts';
import { alongColumn, noiseTerms } from './noise-terms.ts';
import { threePoint, twoPoint } from './weak-increments.ts';

const info: SchemeInfo = {
  name: 'dri1',
  problems: ['sde'],
  calculus: 'ito',
  noise: ['scalar', 'diagonal', 'general'],
  steps: 'fixed',
  deterministicOrder: 3,
  strongOrder: null,
  weakOrder: 2,
  meanField:
    'every stage; σ sees it predicted along a line, and what σ owes to the others through s is left out, O(h/N)',
  cost: '3 drifts, 3 diffusions, 3 statistics (1 more if σ sees them); general noise of k columns: 1 + 4k diffusions',
  whenToChoose:
    'First choice for expectations, whatever the noise; diagonal noise: σ_i of x_i only. Its paths mean nothing.',
  source: 'K. Debrabant, A. Rößler, Appl. Numer. Math. 59 (2009) 582–594, scheme DRI1',
};

/**
 * The weak second order scheme of Debrabant and Rößler with the smallest error constant. Its three-point and two-point variables are
 * functions of the Brownian path, which common random numbers can share; but its own paths do not converge to the solution's.
 *
 * @param options.step - h, mean-field time
 */
export function dri1(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, startDri1);
}

function startDri1(problem: SteppingProblem): OneStep {
  const { process, cloud, brownian } = problem;
  const additive = process.process.diffusion?.additive === true;
  const terms = noiseTerms(process);
  // Entry by entry, along one column, or without a state σ is evaluated once a stage; else once a column.
  const together = terms.diagonal || terms.columns === 1 || additive;
  const mixed = together ? undefined : mixedColumns(problem, terms);
  const predicts = process.statisticSize > 0 && !additive;
  const [start, s, line] = vectors(process.statisticSize);
  const [b1, b2, b3] = vectors(cloud.length);
  const [noise, stage, next] = vectors(cloud.length);
  const [sigma, up, down] = vectors(terms.length);
  const [three, two, own] = vectors(brownian.paths);
  const scratch = new Float64Array(together ? 0 : terms.length);

  const driftAt = (t: number, out: Float64Array) => {
    process.statisticInto(stage, s);
    process.driftInto(stage, s, t, out);
  };
  /** σ_k(x + C h b₁ ± SHIFT r σ_k) for all columns k. */
  const shiftedInto = (sign: number, from: number, h: number, out: Float64Array) => {
    const shift = sign * SHIFT * Math.sqrt(h);
    for (let j = 0; j < (together ? 1 : terms.columns); j++) {
      alongColumn(terms, cloud, sigma, j, additive ? 0 : shift, stage);
      addScaled(stage, C * h, b1);
      process.diffusionInto(stage, line, from + C * h, together ? out : scratch);
      if (!together) copyColumn(scratch, j, terms.columns, out);
    }
  };
  /** The statistic at t + C h, on the line from the one at t to that of an Euler–Maruyama step. */
  const predict = (h: number) => {
    stage.set(cloud);
    addScaled(stage, h, b1);
    addScaled(stage, 1, noise);
    process.statisticInto(stage, s);
    for (let j = 0; j < line.length; j++) line[j] = start[j]! + C * (s[j]! - start[j]!);
  };
  const draw = (from: number, to: number) => {
    const h = to - from;
    if (mixed) brownian.incrementAndAreaInto(from, to, three, two);
    else brownian.incrementInto(from, to, three);
    threePoint(three, h, three);
    if (mixed) twoPoint(two, h, two);
    for (let i = 0; i < own.length; i++) own[i] = (three[i]! * three[i]! - h) / (2 * Math.sqrt(h));
  };

  return {
    advance(from, to) {
      const h = to - from;
      draw(from, to);
      process.statisticInto(cloud, start);
      process.driftInto(cloud, start, from, b1);
      process.diffusionInto(cloud, start, from, sigma);
      noise.fill(0);
      terms.addInto(sigma, three, 1, noise);

      stage.set(cloud);
      addScaled(stage, h / 2, b1);
      addScaled(stage, DRIFT_NOISE[0], noise);
      driftAt(from + h / 2, b2);
      stage.set(cloud);
      addScaled(stage, -h, b1);
      addScaled(stage, 2 * h, b2);
      addScaled(stage, DRIFT_NOISE[1], noise);
      driftAt(to, b3);

      if (predicts) predict(h);
      shiftedInto(1, from, h, up);
      shiftedInto(-1, from, h, down);

      next.set(cloud);
      addScaled(next, h / 6, b1);
      addScaled(next, (2 * h) / 3, b2);
      addScaled(next, h / 6, b3);
      addScaled(next, BETA_1[0], noise);
      terms.addInto(up, three, BETA_1[1], next);
      terms.addInto(down, three, BETA_1[1], next);
      terms.addInto(up, own, BETA_2, next);
      terms.addInto(down, own, -BETA_2, next);
      mixed?.({ sigma, up, down, three, two, s: start, from, h }, next);
      cloud.set(next);
    },
  };
}

function vectors(length: number): [Float64Array, Float64Array, Float64Array] {
  return [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
}
