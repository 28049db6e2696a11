import { describe, expect, it } from 'vitest';
import {
  erf,
  erfc,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalUpperTail,
} from '../../src/base/special-functions.ts';
import { expectRelative } from './relative.ts';

// Reference values: mpmath with 50 digits at the double nearest to each argument,
// normal quantiles as the root of log(erfc(-x/sqrt 2)/2) = log p.
const ERF: [number, number][] = [
  [1e-300, 1.1283791670955126e-300],
  [1e-8, 1.1283791670955126e-8],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [0.84, 0.7651427114549945],
  [0.9, 0.7969082124228322],
  [1.2, 0.9103139782296353],
  [1.3, 0.9340079449406524],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [5.5, 0.9999999999999927],
];
const ERFC: [number, number][] = [
  [-3, 1.9999779095030015],
  [-1, 1.8427007929497148],
  [-0.3, 1.3286267594591274],
  [0.1, 0.887537083981715],
  [0.3, 0.6713732405408726],
  [0.9, 0.20309178757716786],
  [1.2, 0.08968602177036464],
  [1.3, 0.06599205505934755],
  [2, 0.004677734981047266],
  [2.9, 4.109787809945886e-5],
  [5, 1.537459794428035e-12],
  [10, 2.088487583762545e-45],
  [20, 5.395865611607901e-176],
  [26, 5.663192408856143e-296],
];
const CDF: [number, number][] = [
  [-38, 2.88542835e-316],
  [-37.3, 8.205494844930773e-305],
  [-30.123, 1.2111162284970148e-199],
  [-20, 2.7536241186062337e-89],
  [-12.3456, 2.572462274578868e-35],
  [-8, 6.220960574271784e-16],
  [-5, 2.866515718791939e-7],
  [-3, 0.0013498980316300946],
  [-1.96, 0.024997895148220435],
  [-1, 0.15865525393145705],
  [-0.5, 0.3085375387259869],
  [-0.001, 0.49960105778608893],
  [0, 0.5],
  [0.7, 0.758036347776927],
  [1.96, 0.9750021048517795],
  [4, 0.9999683287581669],
];
const QUANTILE: [number, number][] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-9, -5.9978070150076865],
  [0.0001, -3.7190164854556804],
  [0.005, -2.575829303548901],
  [0.025, -1.9599639845400543],
  [0.075, -1.439531470938456],
  [0.1, -1.2815515655446004],
  [0.3, -0.5244005127080408],
  [0.4999, -0.00025066283008800747],
  [0.6, 0.2533471031357997],
  [0.9, 1.2815515655446006],
  [0.975, 1.9599639845400538],
  [0.999, 3.090232306167813],
];

describe('error function', () => {
  it('agrees with 50-digit values, odd symmetry included', () => {
    for (const [x, value] of ERF) {
      expectRelative(erf(x), value, 3e-16, `erf(${x})`);
      expect(erf(-x)).toBe(-erf(x));
    }
    for (const [x, value] of ERFC) expectRelative(erfc(x), value, 5e-16, `erfc(${x})`);
  });

  it('has its limits, and passes NaN on', () => {
    expect([erf(7), erf(-7), erf(Infinity), erfc(30), erfc(-30), erfc(Infinity), erf(0)]).toEqual([
      1, -1, 1, 0, 2, 0, 0,
    ]);
    expect(erf(Number.NaN)).toBeNaN();
    expect(erfc(Number.NaN)).toBeNaN();
  });
});

describe('normal law', () => {
  it('has its distribution function to full relative accuracy in the tail', () => {
    // subnormal results (x = -38) have fewer digits of their own
    for (const [x, value] of CDF) {
      expectRelative(normalCdf(x), value, x < -37.5 ? 1e-8 : 1e-15, `normalCdf(${x})`);
      expect(normalUpperTail(-x)).toBe(normalCdf(x));
    }
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });

  it('has its quantiles', () => {
    for (const [p, value] of QUANTILE) expectRelative(normalQuantile(p), value, 1e-15, `normalQuantile(${p})`);
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
    for (const p of [-1e-9, 1.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(/p must be a probability/);
  });

  it('inverts: cdf(quantile(p)) = p', () => {
    for (let k = 1; k < 300; k++) {
      const p = 10 ** -k;
      // a relative error of 1e-16 in x is one of x²·1e-16 in p
      expectRelative(normalCdf(normalQuantile(p)), p, 1e-15 * (1 + normalQuantile(p) ** 2), `p = 1e-${k}`);
    }
  });

  it('has its density', () => {
    // exp(-x²/2)/sqrt(2π), mpmath
    expectRelative(normalDensity(0), 0.3989422804014327, 2e-16, '0');
    expectRelative(normalDensity(-1.7), 0.09404907737688693, 5e-16, '-1.7');
    expectRelative(normalDensity(30.1), 7.30025938428061e-198, 1e-14, '30.1');
  });
});
