import { adaptiveStep, checkControl, type StepControl } from '../adaptive-step.ts';
import type { Interpolant, Scheme, SchemeInfo } from '../scheme.ts';
import { addScaled } from './explicit-runge-kutta.ts';

const info: SchemeInfo = {
  name: 'dormand-prince',
  problems: ['ode'],
  steps: 'adaptive',
  deterministicOrder: 5,
  strongOrder: null,
  weakOrder: null,
  meanField: 'every stage',
  cost: '6 drifts, 6 statistics, and as many per rejected step',
  whenToChoose: 'First choice for mean-field flows and for the flow between jumps; has dense output of order 4.',
  source:
    'J. R. Dormand, P. J. Prince, J. Comput. Appl. Math. 6 (1980) 19–26; E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, sections II.4–6',
};

const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
/** The last row is also the weights: the last stage is the first one of the next step. */
const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Weights of order 5 minus those of order 4. */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
const DENSE = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

/**
 * The Dormand–Prince pair of orders 5 and 4, with adaptive steps. The local error is the root mean square over all N·p numbers of
 * error / (absolute + relative·|x|).
 */
export function dormandPrince(control: StepControl = {}): Scheme {
  const { relative, absolute } = checkControl(control);
  return adaptiveStep(info, control, 5, ({ process, cloud }) => {
    const length = cloud.length;
    const s = new Float64Array(process.statisticSize);
    const stage = new Float64Array(length);
    const slopes = C.map(() => new Float64Array(length));
    const drift = (t: number, x: Float64Array, out: Float64Array) => process.slopeInto(x, s, t, out);
    // Whether slopes[0] is the drift at the current cloud.
    let ready = false;
    let [start, end] = [0, 0];
    const before = new Float64Array(length);

    const norm = (values: (i: number) => number, other: Float64Array) => {
      let sum = 0;
      for (let i = 0; i < length; i++) {
        const scale = absolute + relative * Math.max(Math.abs(cloud[i]!), Math.abs(other[i]!));
        const value = values(i);
        sum += value === 0 ? 0 : (value / scale) ** 2;
      }
      return Math.sqrt(sum / length);
    };

    return {
      attempt(from, to) {
        const h = to - from;
        if (!ready) drift(from, cloud, slopes[0]!);
        ready = true;
        for (let k = 1; k < 7; k++) {
          stage.set(cloud);
          for (let l = 0; l < k; l++) addScaled(stage, h * A[k]![l]!, slopes[l]!);
          drift(from + C[k]! * h, stage, slopes[k]!);
        }
        [start, end] = [from, to];
        const [k0, , k2, k3, k4, k5, k6] = slopes;
        return norm(
          (i) =>
            h *
            (E[0]! * k0![i]! + E[2]! * k2![i]! + E[3]! * k3![i]! + E[4]! * k4![i]! + E[5]! * k5![i]! + E[6]! * k6![i]!),
          stage,
        );
      },
      accept() {
        before.set(cloud);
        cloud.set(stage);
        // Keep the old first slope for the interpolant in the place of the one stage it does not use.
        slopes[1]!.set(slopes[0]!);
        slopes[0]!.set(slopes[6]!);
      },
      guess(time) {
        drift(time, cloud, slopes[0]!);
        ready = true;
        const size = norm((i) => cloud[i]!, cloud);
        const speed = norm((i) => slopes[0]![i]!, cloud);
        const first = size < 1e-5 || speed < 1e-5 ? 1e-6 : (0.01 * size) / speed;
        stage.set(cloud);
        addScaled(stage, first, slopes[0]!);
        drift(time + first, stage, slopes[1]!);
        const bend = norm((i) => slopes[1]![i]! - slopes[0]![i]!, cloud) / first;
        const steepest = Math.max(speed, bend);
        return Math.min(100 * first, steepest <= 1e-15 ? Math.max(1e-6, first * 1e-3) : (0.01 / steepest) ** (1 / 5));
      },
      reset() {
        ready = false;
      },
      interpolant: () => denseOutput(start, end, before, cloud, slopes),
    };
  });
}

/** The interpolant of order 4, from copies (Hairer, Nørsett, Wanner I, section II.6). slopes[1] holds the first slope. */
function denseOutput(
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
  slopes: readonly Float64Array[],
): Interpolant {
  const h = to - from;
  const r1 = before.slice();
  const r2 = after.map((x, i) => x - before[i]!);
  const r3 = r2.map((d, i) => h * slopes[1]![i]! - d);
  const r4 = r2.map((d, i) => d - h * slopes[6]![i]! - r3[i]!);
  const r5 = r2.map((_, i) => {
    let sum = DENSE[0]! * slopes[1]![i]!;
    for (const k of [2, 3, 4, 5, 6]) sum += DENSE[k]! * slopes[k]![i]!;
    return h * sum;
  });
  return {
    from,
    to,
    at(time, out) {
      const a = (time - from) / h;
      const b = 1 - a;
      for (let i = 0; i < out.length; i++) out[i] = r1[i]! + a * (r2[i]! + b * (r3[i]! + a * (r4[i]! + b * r5[i]!)));
    },
  };
}
