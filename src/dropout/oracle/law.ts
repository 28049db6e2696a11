import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { checkPhase, type Phase } from '../phase/phase.ts';
import { bernoulliCumulants, bernoulliExponent } from './bernoulli-clock.ts';
import { exponentialTilt } from './exponential-tilt.ts';
import { geometricSum, linearLimitMoments } from './limit-moments.ts';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * The law of one limit neuron φ(x) = x at a time: X_t = `scale`·X_0 + D with D independent of X_0 (docs/theory.md section 5.8).
 * The start's own law is the caller's: its cumulant of order j is added times scaleʲ.
 */
export interface LinearLaw {
  /** e^(−t/c) in the penalized flow, 1 in the others. */
  readonly scale: number;
  /** Cumulants of D of orders 1..order (the mean, the variance, …), `[order]`. */
  cumulants(order: number): Float64Array;
  /** log E e^(θD) for real θ. Infinity where it overflows. */
  cumulantGenerating(theta: number): number;
  /** The characteristic function E e^(iuD) for real u. */
  characteristic(u: number): Complex;
}

export interface LinearLawOptions {
  /** The one target y. */
  readonly target: number;
  /** E X_0. */
  readonly startMean: number;
  /** Mean-field time t ≥ 0. */
  readonly time: number;
}

/** z ↦ log E e^(zD) at a complex z. */
type Exponent = (re: number, im: number) => Complex;

/**
 * The whole law of a limit linear neuron, in the four phases where no random partner plays a part; in `penalized-jump` it does not
 * close, which is an ArgumentError. Cumulants cost O(order²); the others O(time·(1 + |z|)) for Poisson clocks, O(steps) for Bernoulli ones.
 */
export function linearLaw(phase: Phase, options: LinearLawOptions): LinearLaw {
  const checked = checkPhase('phase', phase);
  const target = checkNumber('target', options.target);
  const startMean = checkNumber('startMean', options.startMean);
  const time = checkNumber('time', options.time, { min: 0 });
  const distance = startMean - target;
  switch (checked.id) {
    case 'poisson-jump':
      return poisson(checked.jumpSize, distance, time);
    case 'bernoulli-jump':
      return bernoulli(checked.learningRate, checked.keepRate, distance, Math.round(time / checked.learningRate));
    case 'gradient-flow':
      return deterministic(1, distance * Math.expm1(-time));
    case 'penalized-flow': {
      const scale = Math.exp(-time / checked.activeCount);
      const start = { mean: startMean, secondMoment: startMean * startMean };
      return deterministic(scale, linearLimitMoments(checked, { target, start, time }).mean - scale * startMean);
    }
    case 'penalized-jump':
      throw new ArgumentError('phase', checked.id, 'a phase whose law closes: any but penalized-jump');
  }
}

/** D = shift. */
function deterministic(scale: number, shift: number): LinearLaw {
  return law(
    scale,
    (j) => (j === 1 ? shift : 0),
    (re, im) => ({ re: re * shift, im: im * shift }),
  );
}

/** D = −α Σ_{rings T ≤ t} e(T), e(s) = distance·e^(−s): log E e^(zD) = (1/α) ∫₀ᵗ (exp(−zα e(s)) − 1) ds. */
function poisson(alpha: number, distance: number, time: number): LinearLaw {
  const jump = -alpha * distance;
  return law(
    1,
    (j) => (jump ** j * -Math.expm1(-j * time)) / (alpha * j),
    (re, im) => {
      const tilt = exponentialTilt(re * jump, im * jump, time);
      return { re: tilt.re / alpha, im: tilt.im / alpha };
    },
  );
}

/** D = −(τ/q) Σ_k B_k e_k, e_k = distance·(1 − τ)^k: a sum of independent two-valued variables. */
function bernoulli(tau: number, q: number, distance: number, steps: number): LinearLaw {
  const jump = (-tau / q) * distance;
  return law(
    1,
    (j, ofClock) => ofClock(q) * jump ** j * geometricSum(gapOfPower(tau, j), steps),
    (re, im) => {
      let sumRe = 0;
      let sumIm = 0;
      for (let k = 0, size = jump; k < steps; k++, size *= 1 - tau) {
        const term = bernoulliExponent(q, re * size, im * size);
        sumRe += term.re;
        sumIm += term.im;
      }
      return { re: sumRe, im: sumIm };
    },
  );
}

/** 1 − (1 − τ)^j, to full precision for small τ. */
function gapOfPower(tau: number, j: number): number {
  return tau < 1 ? -Math.expm1(j * Math.log1p(-tau)) : 1 - (1 - tau) ** j;
}

/** Builds the value; `cumulant` gets the order j and, lazily, the j-th cumulant of a Bernoulli(q) variable. */
function law(
  scale: number,
  cumulant: (j: number, ofClock: (q: number) => number) => number,
  exponent: Exponent,
): LinearLaw {
  return {
    scale,
    cumulants(order) {
      checkInteger('order', order, { min: 1, max: 20 });
      return Float64Array.from({ length: order }, (_, i) => cumulant(i + 1, (q) => bernoulliCumulants(q, i + 1)[i]!));
    },
    cumulantGenerating: (theta) => exponent(checkNumber('theta', theta), 0).re,
    characteristic(u) {
      const { re, im } = exponent(0, checkNumber('u', u));
      return { re: Math.exp(re) * Math.cos(im), im: Math.exp(re) * Math.sin(im) };
    },
  };
}
