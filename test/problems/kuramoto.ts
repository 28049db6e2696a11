import type { Calculus } from '../../src/process/index.ts';
import type { SdeProblem } from './sde-problem.ts';

/**
 * Noisy Kuramoto oscillators of equal frequency: dθ = K⟨sin(θ' − θ)⟩dt + σ dW, the mean over all θ'. In the limit of many the Fourier
 * modes z_k = E e^(ikθ) of the law solve z_k' = −½k²σ²z_k + ½kK(z₁z_{k−1} − z̄₁z_{k+1}) (L. Bertini, G. Giacomin, K. Pakdaman 2010;
 * 40 modes, RK4). Half of them start at each of two phases that are mirror images, so that all z_k are real.
 */
export function kuramoto({
  coupling = 2,
  sigma = 0.7,
  phase = 1.2,
  until = 1,
  calculus = 'ito' as Calculus,
} = {}): SdeProblem {
  const modes = 40;
  let z = Float64Array.from({ length: modes + 2 }, (_, k) => (k <= modes ? Math.cos(k * phase) : 0));
  const slope = (v: Float64Array) =>
    v.map((_, k) =>
      k === 0 || k > modes
        ? 0
        : -0.5 * k * k * sigma ** 2 * v[k]! + 0.5 * k * coupling * v[1]! * (v[k - 1]! - v[k + 1]!),
    );
  const steps = 4000;
  const h = until / steps;
  const along = (k: Float64Array, by: number) => z.map((v, i) => v + by * k[i]!);
  for (let n = 0; n < steps; n++) {
    const k1 = slope(z);
    const k2 = slope(along(k1, h / 2));
    const k3 = slope(along(k2, h / 2));
    const k4 = slope(along(k3, h));
    z = z.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  return {
    name: 'Kuramoto',
    process: {
      dimension: 1,
      statistic: {
        size: 2,
        particle: (x, out) => {
          out[0] = Math.cos(x[0]!);
          out[1] = Math.sin(x[0]!);
        },
      },
      drift: {
        particle: (x, s, _t, out) => {
          out[0] = coupling * (s[1]! * Math.cos(x[0]!) - s[0]! * Math.sin(x[0]!));
        },
      },
      diffusion: {
        noise: 'scalar',
        calculus,
        additive: true,
        particle: (_x, _s, _t, out) => {
          out[0] = sigma;
        },
      },
    },
    initial: (count) => Array.from({ length: count }, (_, i) => [i < count / 2 ? phase : -phase]),
    until,
    expectations: [
      { name: 'order parameter', of: (x) => Math.cos(x[0]!), exact: z[1]! },
      { name: 'second mode', of: (x) => Math.cos(2 * x[0]!), exact: z[2]! },
    ],
  };
}
