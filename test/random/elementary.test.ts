import { describe, expect, it } from 'vitest';
import { exp, expm1, log, log1p } from '../../src/random/elementary.ts';
import { stream } from '../../src/random/index.ts';

/** Distance in units in the last place of `exact`. */
function ulps(value: number, exact: number): number {
  if (value === exact) return 0;
  return Math.abs(value - exact) / 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 52);
}

const rng = stream(11);
const between = (low: number, high: number) => () => low + (high - low) * rng.uniform();
const magnitudes = (low: number, high: number) => () => Math.exp(low + (high - low) * rng.uniform());

// The engine's functions have errors below one unit, so a bound of b here means at most b + 1 in truth.
describe('against the engine', () => {
  it.each([
    ['log', log, Math.log, magnitudes(-700, 700), 2],
    ['log near 1', log, Math.log, between(0.9, 1.1), 2],
    ['log1p', log1p, Math.log1p, between(-0.999, 1), 2],
    ['log1p near 0', log1p, (x: number) => Math.log1p(x), () => -magnitudes(-300, -1)(), 2],
    ['exp', exp, Math.exp, between(-700, 700), 2],
    ['expm1', expm1, Math.expm1, between(-20, 20), 4],
    ['expm1 near 0', expm1, Math.expm1, () => -magnitudes(-300, -1)(), 3],
  ] as const)('%s', (_, own, engine, draw, bound) => {
    let worst = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = draw();
      worst = Math.max(worst, ulps(own(x), engine(x)));
    }
    expect(worst).toBeLessThanOrEqual(bound);
  });
});

// Python: mpmath with 40 digits at the double x, rounded to the nearest double.
describe('against 40 digits', () => {
  it.each([
    { own: log, x: 0.3, exact: -1.2039728043259361 },
    { own: log, x: 0.7075, exact: -0.34601764946474434 },
    { own: log, x: 0.999, exact: -0.0010005003335835344 },
    { own: log, x: 1.0001, exact: 9.999500033329732e-5 },
    { own: log, x: 1.5, exact: 0.4054651081081644 },
    { own: log, x: 11, exact: 2.3978952727983707 },
    { own: log, x: 1e-300, exact: -690.7755278982137 },
    { own: log, x: 6.02e23, exact: 54.75454439818378 },
    { own: log1p, x: -1e-9, exact: -1.0000000005000001e-9 },
    { own: log1p, x: -0.003, exact: -0.0030045090202987217 },
    { own: log1p, x: -0.1, exact: -0.10536051565782631 },
    { own: log1p, x: -0.55, exact: -0.7985076962177717 },
    { own: log1p, x: -0.999, exact: -6.907755278982136 },
    { own: log1p, x: 0.25, exact: 0.22314355131420976 },
    { own: exp, x: -0.01, exact: 0.9900498337491681 },
    { own: exp, x: -0.3466, exact: 0.7070881069410189 },
    { own: exp, x: -1.0, exact: 0.36787944117144233 },
    { own: exp, x: -6.6766, exact: 0.001260054884298943 },
    { own: exp, x: -37.5, exact: 5.175555005801869e-17 },
    { own: exp, x: -500.0, exact: 7.124576406741286e-218 },
    { own: exp, x: 3.3, exact: 27.112638920657883 },
    { own: expm1, x: -1e-12, exact: -9.999999999995e-13 },
    { own: expm1, x: -0.001, exact: -0.0009995001666250085 },
    { own: expm1, x: -0.2, exact: -0.18126924692201815 },
    { own: expm1, x: -0.36, exact: -0.3023236739289689 },
    { own: expm1, x: -2.5, exact: -0.9179150013761012 },
    { own: expm1, x: -30.0, exact: -0.9999999999999064 },
  ])('$own.name($x)', ({ own, x, exact }) => expect(ulps(own(x), exact)).toBeLessThanOrEqual(3));
});

describe('exact values', () => {
  it('trivial and tiny arguments are exact', () => {
    expect(log(1)).toBe(0);
    expect(log1p(0)).toBe(0);
    expect(exp(0)).toBe(1);
    expect(expm1(0)).toBe(0);
    expect(log1p(-1e-300)).toBe(-1e-300);
    expect(expm1(-1e-300)).toBe(-1e-300);
  });
});
