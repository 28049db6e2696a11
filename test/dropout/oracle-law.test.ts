import { describe, expect, test } from 'vitest';
import { bernoulliCumulants, bernoulliExponent } from '../../src/dropout/oracle/bernoulli-clock.ts';
import { exponentialTilt } from '../../src/dropout/oracle/exponential-tilt.ts';
import { linearLaw, linearLimitMoments } from '../../src/dropout/oracle/index.ts';
import {
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/phase/index.ts';

const CLOSED: Phase[] = [
  phaseGradientFlow(),
  phasePoissonJump({ jumpSize: 0.7 }),
  phaseBernoulliJump({ learningRate: 0.3, keepRate: 0.6 }),
  phaseBernoulliJump({ learningRate: 1.4, keepRate: 0.9 }),
  phasePenalizedFlow({ activeCount: 2.5 }),
];

const OPTIONS = { target: 1, startMean: -0.4, time: 1.4 };

describe('the whole law of a limit neuron', () => {
  test.each(CLOSED)('mean and variance are the limit moments’: %j', (phase) => {
    const { scale, cumulants } = linearLaw(phase, OPTIONS);
    const [mean, variance] = cumulants(2) as unknown as [number, number];
    const start = { mean: -0.4, secondMoment: 0.9 };
    const moments = linearLimitMoments(phase, { target: 1, start, time: 1.4 });
    expect(scale * start.mean + mean).toBeCloseTo(moments.mean, 13);
    expect(scale ** 2 * (0.9 - 0.16) + variance + moments.mean ** 2).toBeCloseTo(moments.secondMoment, 13);
  });

  test.each(CLOSED)('generating and characteristic functions are the cumulants’ series: %j', (phase) => {
    const { cumulants, cumulantGenerating, characteristic } = linearLaw(phase, OPTIONS);
    const kappa = cumulants(20);
    // |κ_j| θ^j/j! falls below 1e-16 well before j = 20 at these arguments.
    for (const theta of [-0.2, 0.1, 0.25]) {
      let sum = 0;
      for (let j = 1, power = theta; j <= 20; power *= theta / ++j) sum += kappa[j - 1]! * power;
      expect(Math.abs(cumulantGenerating(theta) - sum)).toBeLessThan(1e-13);
      let [re, im] = [0, 0];
      for (let j = 1, power = theta; j <= 20; power *= theta / ++j) {
        if (j % 2 === 0) re += kappa[j - 1]! * power * (j % 4 === 0 ? 1 : -1);
        else im += kappa[j - 1]! * power * (j % 4 === 1 ? 1 : -1);
      }
      const value = characteristic(theta);
      expect(Math.abs(value.re - Math.exp(re) * Math.cos(im))).toBeLessThan(1e-13);
      expect(Math.abs(value.im - Math.exp(re) * Math.sin(im))).toBeLessThan(1e-13);
    }
  });

  test('Bernoulli clocks: all outcomes of six steps', () => {
    const [tau, q, y, startMean, steps] = [0.3, 0.35, 1, -0.4, 6];
    const { cumulants, cumulantGenerating, characteristic } = linearLaw(
      phaseBernoulliJump({ learningRate: tau, keepRate: q }),
      { target: y, startMean, time: steps * tau },
    );
    const law = Array.from({ length: 2 ** steps }, (_, code) => {
      let [d, p] = [0, 1];
      for (let k = 0; k < steps; k++) {
        const kept = (code >> k) & 1;
        d -= (kept * tau * (startMean - y) * (1 - tau) ** k) / q;
        p *= kept === 1 ? q : 1 - q;
      }
      return { d, p };
    });
    const mean = (g: (d: number) => number) => law.reduce((sum, { d, p }) => sum + p * g(d), 0);
    const m = mean((d) => d);
    const kappa = cumulants(3);
    expect(kappa[0]).toBeCloseTo(m, 13);
    expect(kappa[1]).toBeCloseTo(
      mean((d) => (d - m) ** 2),
      13,
    );
    expect(kappa[2]).toBeCloseTo(
      mean((d) => (d - m) ** 3),
      13,
    );
    for (const u of [-9, 0.3, 2, 40]) {
      expect(characteristic(u).re).toBeCloseTo(
        mean((d) => Math.cos(u * d)),
        12,
      );
      expect(characteristic(u).im).toBeCloseTo(
        mean((d) => Math.sin(u * d)),
        12,
      );
    }
    for (const theta of [-5, 0.7, 8])
      expect(cumulantGenerating(theta)).toBeCloseTo(Math.log(mean((d) => Math.exp(theta * d))), 12);
    // Far beyond the range of exp: only the largest outcome counts.
    const top = law.reduce((a, b) => (b.d > a.d ? b : a));
    expect(cumulantGenerating(2000) / (2000 * top.d + Math.log(top.p))).toBeCloseTo(1, 13);
  });

  test('Poisson clocks: third cumulant −α²e³ per unit time, where the diffusion approximation has 0', () => {
    const alpha = 0.7;
    const third = (time: number) =>
      linearLaw(phasePoissonJump({ jumpSize: alpha }), { ...OPTIONS, time }).cumulants(3)[2]!;
    const h = 1e-4;
    const slope = (third(1 + h) - third(1 - h)) / (2 * h);
    const e = -1.4 * Math.exp(-1);
    expect(Math.abs(slope + alpha ** 2 * e ** 3)).toBeLessThan(1e-8);
  });

  test('Poisson clocks: a characteristic function by independent quadrature', () => {
    // mpmath, 30 digits: exp((1/α)∫₀ᵗ (exp(−iuαe(s)) − 1) ds) from the integral at z = 7i, t = 2.
    const alpha = 0.7;
    const u = 7 / (alpha * 1.4);
    const { re, im } = linearLaw(phasePoissonJump({ jumpSize: alpha }), { ...OPTIONS, time: 2 }).characteristic(u);
    const size = Math.exp(-2.230288685659881 / alpha);
    expect(re).toBeCloseTo(size * Math.cos(0.5532311271935394 / alpha), 14);
    expect(im).toBeCloseTo(size * Math.sin(0.5532311271935394 / alpha), 14);
  });

  test('the law that does not close says so; bad arguments are named', () => {
    expect(() => linearLaw(phasePenalizedJump({ jumpSize: 1, activeCount: 1 }), OPTIONS)).toThrow('penalized-jump');
    const law = linearLaw(phaseGradientFlow(), OPTIONS);
    expect(() => law.cumulants(0)).toThrow('order');
    expect(() => law.characteristic(Number.NaN)).toThrow('u must be');
    expect(() => linearLaw(phaseGradientFlow(), { ...OPTIONS, time: -1 })).toThrow('time');
  });
});

describe('the pieces', () => {
  test('∫ (exp(z e^(−s)) − 1) ds against 30-digit quadrature', () => {
    // mpmath.quad with 30 digits.
    const cases: [number, number, number, number, number][] = [
      [0.75, 0, 1, 0.6216280969779673, 0],
      [-20, 0, 3, -2.779042706703804, 0],
      [0, 7, 2, -2.230288685659881, 0.5532311271935394],
      [1.5, -30, 0.3, -0.4147758990195917, 0.1580355629537441],
      [1e-6, 0, 40, 1.000000250000056e-6, 0],
    ];
    for (const [re, im, t, wantRe, wantIm] of cases) {
      const got = exponentialTilt(re, im, t);
      expect(Math.abs(got.re - wantRe)).toBeLessThan(1e-14 * Math.max(Math.abs(wantRe), 1e-6));
      expect(Math.abs(got.im - wantIm)).toBeLessThan(1e-14);
    }
  });

  test('Bernoulli cumulants: closed forms to order 4, and the mirror of q', () => {
    for (const q of [0.02, 0.3, 0.5, 0.97, 1]) {
      const v = q * (1 - q);
      const got = bernoulliCumulants(q, 6);
      [q, v, v * (1 - 2 * q), v * (1 - 6 * v)].forEach((want, j) => {
        expect(got[j]).toBeCloseTo(want, 15);
      });
      const mirror = bernoulliCumulants(1 - q, 6);
      for (let j = 1; j < 6; j++) expect(got[j]).toBeCloseTo(mirror[j]! * (-1) ** (j + 1), 14);
    }
  });

  test('log(1 + q(e^z − 1)) where it is easy and where exp overflows', () => {
    expect(bernoulliExponent(0.3, 0.5, 0).re).toBeCloseTo(Math.log(1 + 0.3 * (Math.exp(0.5) - 1)), 15);
    expect(bernoulliExponent(0.3, 1e-12, 0).re / 3e-13).toBeCloseTo(1, 11);
    expect(bernoulliExponent(0.3, 5000, 0).re).toBeCloseTo(5000 + Math.log(0.3), 10);
    expect(bernoulliExponent(0.3, -5000, 0).re).toBeCloseTo(Math.log(0.7), 14);
  });
});
