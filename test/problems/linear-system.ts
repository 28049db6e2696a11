import type { Calculus, MeanFieldProcess, NoiseShape } from '../../src/process/index.ts';
import { everyoneAt } from './problem.ts';
import { type SdeProblem, written } from './sde-problem.ts';

type Square = readonly [number, number, number, number];

const times = (a: Square, b: Square): Square => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
];
const plus = (a: Square, b: Square, factor = 1): Square => [
  a[0] + factor * b[0],
  a[1] + factor * b[1],
  a[2] + factor * b[2],
  a[3] + factor * b[3],
];
const transposed = ([a, b, c, d]: Square): Square => [a, c, b, d];

interface LinearSystem {
  readonly name: string;
  readonly a: Square;
  /** one matrix a column of the noise */
  readonly b: readonly Square[];
  readonly noise: NoiseShape;
  readonly commutative?: boolean;
  readonly start?: readonly [number, number];
  readonly until?: number;
  readonly calculus?: Calculus;
}

/**
 * dX = AX dt + Σ_k B_k X dW_k in the plane, in Itô's sense or as the same process in Stratonovich's. P = E XXᵀ solves
 * P' = AP + PAᵀ + Σ B_k P B_kᵀ (by RK4, 2000 steps).
 */
export function linearSystem({
  name,
  a,
  b,
  noise,
  commutative = false,
  start = [1, 0.5],
  until = 0.5,
  calculus = 'ito',
}: LinearSystem): SdeProblem {
  const drift = calculus === 'ito' ? a : b.reduce((sum, m) => plus(sum, times(m, m), -0.5), a);
  const image = (m: Square, x: Float64Array) => [m[0] * x[0]! + m[1] * x[1]!, m[2] * x[0]! + m[3] * x[1]!];
  const columns = (x: Float64Array) => b.map((m) => image(m, x));
  const process: MeanFieldProcess = {
    dimension: 2,
    drift: { particle: written((x) => image(drift, x)) },
    diffusion: {
      noise,
      calculus,
      ...(noise === 'general' && { noises: b.length, commutative }),
      particle: written((x) => {
        const c = columns(x);
        // Diagonal noise: column k moves coordinate k only.
        if (noise === 'diagonal') return [c[0]![0]!, c[1]![1]!];
        return [...c.map((v) => v[0]!), ...c.map((v) => v[1]!)];
      }),
    },
  };
  const flow = (p: Square): Square => {
    const sides = plus(times(a, p), times(p, transposed(a)));
    return b.reduce((sum, m) => plus(sum, times(times(m, p), transposed(m))), sides);
  };
  let p: Square = [start[0] ** 2, start[0] * start[1], start[0] * start[1], start[1] ** 2];
  const steps = 2000;
  const h = until / steps;
  for (let n = 0; n < steps; n++) {
    const k1 = flow(p);
    const k2 = flow(plus(p, k1, h / 2));
    const k3 = flow(plus(p, k2, h / 2));
    const k4 = flow(plus(p, k3, h));
    p = plus(plus(plus(plus(p, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
  }
  return {
    name,
    process,
    initial: everyoneAt(...start),
    until,
    expectations: [
      { name: 'x²', of: (x) => x[0]! ** 2, exact: p[0] },
      { name: 'xy', of: (x) => x[0]! * x[1]!, exact: p[1] },
      { name: 'y²', of: (x) => x[1]! ** 2, exact: p[3] },
    ],
  };
}

interface Options {
  readonly until?: number;
  readonly calculus?: Calculus;
}

/** Two noises that don't commute: one turns what the other stretches. */
export function noncommutingNoises(options: Options = {}): SdeProblem {
  const b = [
    [0.5, 0.2, 0, -0.3],
    [0, -0.6, 0.5, 0.1],
  ] as const;
  return linearSystem({
    name: 'two noises that do not commute',
    a: [-0.8, 0.5, -0.4, -0.6],
    b,
    noise: 'general',
    ...options,
  });
}

/** Each coordinate with its own noise, coupled by the drift. */
export function diagonalNoises(options: Options = {}): SdeProblem {
  const b = [
    [0.6, 0, 0, 0],
    [0, 0, 0, -0.5],
  ] as const;
  return linearSystem({
    name: 'diagonal noise, coupled drift',
    a: [-0.8, 0.7, -0.5, 0.4],
    b,
    noise: 'diagonal',
    ...options,
  });
}

/**
 * Growth αI with noises β₁I and β₂J, J the turn by a right angle: they commute, and X = exp((α − ½β₁² + ½β₂²)t + β₁W₁) times the
 * start turned by β₂W₂.
 */
export function stretchAndTurn({ until = 1, calculus = 'ito' as Calculus } = {}): SdeProblem {
  const [alpha, stretch, turn] = [0.3, 0.5, 0.7];
  const problem = linearSystem({
    name: 'stretch and turn, two noises that commute',
    a: [alpha, 0, 0, alpha],
    b: [
      [stretch, 0, 0, stretch],
      [0, -turn, turn, 0],
    ],
    noise: 'general',
    commutative: true,
    until,
    calculus,
  });
  const [x, y] = problem.initial(1)[0]! as [number, number];
  return {
    ...problem,
    pathwise: (w) => {
      const size = Math.exp((alpha - 0.5 * stretch ** 2 + 0.5 * turn ** 2) * until + stretch * w[0]!);
      const [c, s] = [Math.cos(turn * w[1]!), Math.sin(turn * w[1]!)];
      return [size * (c * x - s * y), size * (s * x + c * y)];
    },
  };
}
