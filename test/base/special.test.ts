import { describe, expect, it } from 'vitest';
import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpperQuantile,
  chiSquareUpperTail,
  kolmogorovCdf,
  kolmogorovUpperQuantile,
  kolmogorovUpperTail,
  logGamma,
  regularizedBeta,
  regularizedGammaP,
  regularizedGammaQ,
  studentCdf,
  studentQuantile,
  studentUpperTail,
} from '../../src/base/special-functions.ts';
import { expectRelative } from './relative.ts';

// Reference values: mpmath with 30 digits or more, from the defining series (of positive terms) at the double nearest
// to each argument; quantiles as roots of the log tail. scipy 1.17 agrees where it is accurate.
const LOG_GAMMA: [number, number][] = [
  [1e-200, 460.51701859880916],
  [1e-5, 11.512919692895826],
  [0.1, 2.252712651734206],
  [0.4999, 0.5725613186041184],
  [0.5, 0.5723649429247001],
  [0.9, 0.06637623973474295],
  [0.999999, 5.772164873855652e-7],
  [1.0000001, -5.772155829918507e-8],
  [1.4, -0.1196129141723713],
  [1.5, -0.12078223763524522],
  [1.9999, -4.227520877215346e-5],
  [2.00001, 4.22787559764836e-6],
  [2.4, 0.21685932244884157],
  [2.6, 0.35741186354897986],
  [3.7, 1.428072326665388],
  [7.3, 7.147892523022248],
  [9.99, 12.779315214350193],
  [10.0, 12.801827480081469],
  [12.5, 18.734347511936445],
  [171.3, 708.1149470389969],
  [100000.0, 1051287.7089736569],
  [1000000000000000.0, 3.3538776394910668e16],
];
const GAMMA_P: [number, number, number][] = [
  [0.5, 1e-10, 1.1283791670579e-5],
  [0.5, 0.3, 0.5614219739190002],
  [0.5, 5.0, 0.9984345977419975],
  [0.5, 300.0, 1.0],
  [1.0, 2.0, 0.8646647167633873],
  [3.5, 0.01, 8.530580469428509e-9],
  [3.5, 4.0, 0.6674060974006921],
  [10.0, 3.0, 0.0011024881301154798],
  [10.0, 30.0, 0.9999928782491372],
  [100.0, 60.0, 1.4815276326460468e-6],
  [100.0, 101.0, 0.5528962934345113],
  [100.0, 180.0, 0.999999999970517],
  [5000.0, 4800.0, 0.0021027954807304734],
  [5000.0, 5300.0, 0.9999844548842145],
  [1000000.0, 1003000.0, 0.9986382593537824],
];
const GAMMA_Q: [number, number, number][] = [
  [0.5, 1e-10, 0.9999887162083294],
  [0.5, 0.3, 0.4385780260809999],
  [0.5, 5.0, 0.0015654022580025497],
  [0.5, 300.0, 1.674167984691788e-132],
  [1.0, 2.0, 0.1353352832366127],
  [3.5, 0.01, 0.9999999914694195],
  [3.5, 4.0, 0.3325939025993079],
  [10.0, 3.0, 0.9988975118698845],
  [10.0, 30.0, 7.121750862815577e-6],
  [100.0, 60.0, 0.9999985184723673],
  [100.0, 101.0, 0.44710370656548876],
  [100.0, 180.0, 2.948294557648285e-11],
  [5000.0, 4800.0, 0.9978972045192696],
  [5000.0, 5300.0, 1.5545115785517565e-5],
  [1000000.0, 1003000.0, 0.0013617406462175915],
];
const BETA: [number, number, number, number][] = [
  [0.1, 0.5, 0.5, 0.20483276469913345],
  [0.5, 2.0, 3.0, 0.6875],
  [1e-8, 0.5, 4.5, 0.00023282094260675685],
  [0.3, 20.0, 30.0, 0.06998709330050737],
  [0.9, 20.0, 2.5, 0.497619933009956],
  [0.01, 100.0, 0.5, 5.662952075640038e-202],
  [0.52, 5000.0, 5000.0, 0.9999685290836797],
  [0.48, 5000.0, 5000.0, 3.147091632030982e-5],
  [0.999, 1000.5, 0.5, 0.15714352336551865],
];
const STUDENT_TAIL: [number, number, number][] = [
  [0.001, 3.0, 0.49963244748473046],
  [0.5, 1.0, 0.35241638234956674],
  [1.0, 2.0, 0.2113248654051871],
  [2.0, 2.5, 0.078695747878983],
  [3.5, 7.0, 0.004996520440942774],
  [12.0, 30.0, 2.790092707599628e-13],
  [40.0, 30.0, 6.863022597203201e-28],
  [5.0, 1000000.0, 2.866998935445371e-7],
  [100000.0, 1.0, 3.1830988617318035e-6],
  [1000.0, 4.0, 2.9999800001049993e-12],
  [1.5, 0.3, 0.3061638334143893],
];
const STUDENT_QUANTILE: [number, number, number][] = [
  [0.49, 4.0, -0.02667061830263903],
  [0.3, 1.0, -0.7265425280053609],
  [0.2, 2.0, -1.0606601717798212],
  [0.05, 3.0, -2.3533634348018238],
  [0.025, 1.5, -6.0166631044279315],
  [0.025, 10.0, -2.228138851986275],
  [0.005, 29.0, -2.7563859036706053],
  [1e-6, 2.0, -707.1057205259339],
  [1e-9, 5.0, -98.93722464836995],
  [1e-12, 50.0, -9.260139683684145],
  [1e-9, 10000.0, -6.003355447947142],
  [0.0001, 0.5, -10284911.563163385],
];
const CHI_SQUARE_QUANTILE: [number, number, number][] = [
  [1e-12, 1.0, 1.5707963267948966e-24],
  [1e-6, 2.0, 2.0000010000006668e-6],
  [0.01, 3.0, 0.11483180189911704],
  [0.5, 1.0, 0.4549364231195728],
  [0.5, 60.0, 59.33466627644246],
  [0.025, 60.0, 40.48174804284183],
  [1e-9, 60.0, 15.47929545459422],
  [0.9, 0.7, 2.0213905724174075],
  [0.3, 1000.0, 976.0735912577742],
];
const CHI_SQUARE_UPPER: [number, number, number][] = [
  [0.05, 1.0, 3.841458820694126],
  [1e-6, 2.0, 27.631021115928547],
  [1e-30, 1.0, 132.79989270501423],
  [1e-9, 60.0, 150.48075954721898],
  [1e-6, 1000.0, 1227.1524211875756],
  [0.7, 5.0, 2.9999081327599066],
];
const KOLMOGOROV_TAIL: [number, number][] = [
  [0.25, 0.9999999731761899],
  [0.5, 0.9639452436648751],
  [0.8, 0.5441424115741981],
  [1.0, 0.2699996716773545],
  [1.09, 0.18565689176157324],
  [1.11, 0.17004897432066501],
  [1.36, 0.04948587675537788],
  [2.0, 0.0006709252557796953],
  [3.5, 4.579469691291106e-11],
  [5.0, 3.8574996959278356e-22],
];
const KOLMOGOROV_CDF: [number, number][] = [
  [0.25, 2.682381008482983e-8],
  [0.4, 0.002807673222701735],
  [0.7, 0.28876480497031076],
  [1.0, 0.7300003283226455],
];
const KOLMOGOROV_QUANTILE: [number, number][] = [
  [0.99, 0.4410276985179294],
  [0.5, 0.8275735551899077],
  [0.05, 1.3580986393225507],
  [0.001, 1.9494746035043753],
  [1e-9, 3.2723396077964124],
];

/** e^u is known to |u| ulps: the tolerance of a tail probability. */
const tail = (p: number) => 2e-14 + 4e-16 * Math.abs(Math.log(p));

describe('gamma functions', () => {
  it('logGamma agrees with 40-digit values, next to its zeros too', () => {
    for (const [x, value] of LOG_GAMMA) expectRelative(logGamma(x), value, 2e-15, `logGamma(${x})`);
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0]);
    for (const x of [0, -1, Number.NaN]) expect(() => logGamma(x)).toThrow(/x must be a number above 0/);
  });

  it('regularizedGammaP and Q agree with 40-digit values in both tails', () => {
    for (const [a, x, value] of GAMMA_P) expectRelative(regularizedGammaP(a, x), value, tail(value), `P(${a}, ${x})`);
    for (const [a, x, value] of GAMMA_Q) expectRelative(regularizedGammaQ(a, x), value, tail(value), `Q(${a}, ${x})`);
    expect([regularizedGammaP(2, 0), regularizedGammaQ(2, 0), regularizedGammaP(2, Infinity)]).toEqual([0, 1, 1]);
    expect(() => regularizedGammaP(0, 1)).toThrow(/a must be/);
    expect(() => regularizedGammaQ(1, -1)).toThrow(/x must be/);
  });
});

describe('beta function', () => {
  it('regularizedBeta agrees with 40-digit values', () => {
    for (const [x, a, b, value] of BETA)
      expectRelative(regularizedBeta(x, a, b), value, tail(value), `I(${x}; ${a}, ${b})`);
    expect([regularizedBeta(0, 2, 3), regularizedBeta(1, 2, 3)]).toEqual([0, 1]);
    expect(() => regularizedBeta(1.1, 1, 1)).toThrow(/x must be/);
  });
});

describe('Student law', () => {
  it('has its tails and quantiles', () => {
    for (const [t, degrees, value] of STUDENT_TAIL) {
      expectRelative(studentUpperTail(t, degrees), value, tail(value), `t = ${t}, ${degrees} degrees`);
      expectRelative(studentCdf(-t, degrees), value, tail(value));
      expectRelative(studentCdf(t, degrees), 1 - value, 1e-15);
    }
    for (const [p, degrees, value] of STUDENT_QUANTILE)
      expectRelative(studentQuantile(p, degrees), value, 3e-14, `p = ${p}, ${degrees} degrees`);
  });

  it('is symmetric, becomes normal, and rejects nonsense', () => {
    expect(studentQuantile(0.5, 3)).toBe(0);
    expect(studentQuantile(0.75, 3)).toBe(-studentQuantile(0.25, 3));
    expect(studentQuantile(0, 3)).toBe(-Infinity);
    expectRelative(studentQuantile(0.975, Infinity), 1.959963984540054, 1e-15);
    expectRelative(studentUpperTail(1.3, 1e12), studentUpperTail(1.3, Infinity), 1e-11);
    expect(() => studentQuantile(0.5, 0)).toThrow(/degrees must be/);
  });
});

describe('chi-square law', () => {
  it('has its quantiles, and they invert', () => {
    for (const [p, degrees, value] of CHI_SQUARE_QUANTILE) {
      expectRelative(chiSquareQuantile(p, degrees), value, 2e-14, `p = ${p}, ${degrees} degrees`);
      expectRelative(chiSquareCdf(value, degrees), p, 1e-13);
    }
    for (const [p, degrees, value] of CHI_SQUARE_UPPER) {
      expectRelative(chiSquareUpperQuantile(p, degrees), value, 2e-14, `upper p = ${p}, ${degrees} degrees`);
      expectRelative(chiSquareUpperTail(value, degrees), p, 2e-13);
    }
    expect([chiSquareQuantile(0, 4), chiSquareQuantile(1, 4), chiSquareCdf(-1, 4)]).toEqual([0, Infinity, 0]);
  });
});

describe('Kolmogorov law', () => {
  it('has its tails and critical values', () => {
    for (const [x, value] of KOLMOGOROV_TAIL) expectRelative(kolmogorovUpperTail(x), value, 2e-15, `tail(${x})`);
    for (const [x, value] of KOLMOGOROV_CDF) expectRelative(kolmogorovCdf(x), value, 3e-15, `cdf(${x})`);
    for (const [p, value] of KOLMOGOROV_QUANTILE) expectRelative(kolmogorovUpperQuantile(p), value, 1e-14, `p = ${p}`);
  });
});
