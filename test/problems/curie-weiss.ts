import { displacement, type MeanFieldProcess, stateRate } from '../../src/process/index.ts';

/**
 * Curie–Weiss spins: x = ±1 flips at rate e^(−βxm), m the mean of all N. As N → ∞ m' = 2 sinh βm − 2m cosh βm; for finite N the number
 * of up spins is a birth–death chain, whose master equation gives E m exactly (RK4 on N + 1 states).
 */
export function curieWeiss({ beta = 1.2, spins = 40, up = 30, until = 1 } = {}): {
  readonly process: MeanFieldProcess;
  readonly initial: number[][];
  readonly until: number;
  /** E m and Var m at `until` */
  readonly magnetization: { readonly mean: number; readonly variance: number };
  /** m of infinitely many spins at `until` */
  readonly meanField: number;
} {
  const rate = (x: number, m: number) => Math.exp(-beta * x * m);
  const meanOf = (k: number) => (2 * k) / spins - 1;
  let law = new Float64Array(spins + 1);
  law[up] = 1;
  const flow = (p: Float64Array) => {
    const out = new Float64Array(spins + 1);
    for (let k = 0; k <= spins; k++) {
      const rise = (spins - k) * rate(-1, meanOf(k)) * p[k]!;
      const fall = k * rate(1, meanOf(k)) * p[k]!;
      out[k]! -= rise + fall;
      if (k < spins) out[k + 1]! += rise;
      if (k > 0) out[k - 1]! += fall;
    }
    return out;
  };
  const steps = 4000;
  const h = until / steps;
  let m = meanOf(up);
  const slope = (v: number) => 2 * Math.sinh(beta * v) - 2 * v * Math.cosh(beta * v);
  for (let n = 0; n < steps; n++) {
    const along = (k: Float64Array, by: number) => law.map((v, i) => v + by * k[i]!);
    const k1 = flow(law);
    const k2 = flow(along(k1, h / 2));
    const k3 = flow(along(k2, h / 2));
    const k4 = flow(along(k3, h));
    law = law.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
    const a = slope(m);
    const b = slope(m + (h / 2) * a);
    const c = slope(m + (h / 2) * b);
    m += (h / 6) * (a + 2 * b + 2 * c + slope(m + h * c));
  }
  let mean = 0;
  let square = 0;
  law.forEach((p, k) => {
    mean += p * meanOf(k);
    square += p * meanOf(k) ** 2;
  });
  return {
    process: {
      dimension: 1,
      statistic: {
        size: 1,
        particle: (x, out) => {
          out[0] = x[0]!;
        },
      },
      jumps: [
        { name: 'up', rate: stateRate((x, s) => (x[0]! < 0 ? rate(-1, s[0]!) : 0)), change: displacement([2]) },
        { name: 'down', rate: stateRate((x, s) => (x[0]! > 0 ? rate(1, s[0]!) : 0)), change: displacement([-2]) },
      ],
    },
    initial: Array.from({ length: spins }, (_, i) => [i < up ? 1 : -1]),
    until,
    magnetization: { mean, variance: square - mean ** 2 },
    meanField: m,
  };
}
