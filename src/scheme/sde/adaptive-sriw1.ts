import { adaptiveStep, checkControl, type StepControl } from '../adaptive-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { sriw1Facts } from './sriw1.ts';
import { sriw1Stages } from './sriw1-stages.ts';

const info: SchemeInfo = {
  ...sriw1Facts,
  name: 'adaptive-sriw1',
  steps: 'adaptive',
  cost: '2 drifts, 4 diffusions, 2 statistics, and 1 drift and 3 diffusions per rejected step',
  whenToChoose:
    'As sriw1, when no single step suits the whole run: noise that bursts, drifts that are stiff for a while. One step for the whole cloud.',
  source:
    'A. Rößler, SIAM J. Numer. Anal. 48 (2010) 922–952; rejection that keeps the path: C. Rackauckas, Q. Nie, Discrete Contin. Dyn. Syst. B 22 (2017) 2731–2761',
};

/** Tolerances that suit paths of order 1.5: those of flows would ask for steps of 1e-5. */
const DEFAULTS = { relativeTolerance: 1e-3, absoluteTolerance: 1e-5 };

/**
 * SRIW1 with adaptive steps. The local error is what the embedded step of strong order 1 lacks, in root mean square over all N·p
 * numbers of error / (absolute + relative·|x|). A rejected step is tried again, shorter, on the same Brownian path.
 *
 * Defaults: relativeTolerance 1e-3, absoluteTolerance 1e-5.
 */
export function adaptiveSriw1(control: StepControl = {}): Scheme {
  const full = { ...DEFAULTS, ...control };
  const { relative, absolute } = checkControl(full);
  return adaptiveStep(info, full, 1.5, (problem) => {
    const { cloud } = problem;
    const stages = sriw1Stages(problem);
    const { next, error } = stages;
    let ready = false;
    const begin = (from: number) => {
      if (!ready) stages.begin(from);
      ready = true;
    };
    const norm = (values: Float64Array, other: Float64Array) => {
      let sum = 0;
      for (let i = 0; i < values.length; i++) {
        const scale = absolute + relative * Math.max(Math.abs(cloud[i]!), Math.abs(other[i]!));
        sum += values[i] === 0 ? 0 : (values[i]! / scale) ** 2;
      }
      return Math.sqrt(sum / values.length);
    };
    return {
      attempt(from, to) {
        begin(from);
        stages.run(from, to);
        return norm(error, next);
      },
      accept() {
        cloud.set(next);
        ready = false;
      },
      guess(time) {
        // A step over which drift and noise move the state by about a tenth of itself; later ones follow the error.
        begin(time);
        const size = norm(cloud, cloud);
        const drift = norm(stages.drift, cloud);
        const noise = norm(stages.diffusion, cloud);
        const step = Math.min((0.1 * size) / drift, ((0.1 * size) / noise) ** 2, problem.until - time);
        return step > 0 ? step : 1e-4 * (problem.until - time);
      },
      reset() {
        ready = false;
      },
    };
  });
}
