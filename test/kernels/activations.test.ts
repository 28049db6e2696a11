import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, type ActivationName } from '../../src/kernels/index.ts';

/**
 * σ(v) and σ′(v) at v = -30, -3.7, -0.51, -1e-9, 0, 1e-9, 0.51, 3.7, 30, by scipy.special 1.17
 * (erf, expit, log_expit, ndtr) and numpy 2.4 (tanh) in double precision;
 * GELU at -30 by a continued fraction in 50 digits, since scipy's ndtr rounds its argument there.
 */
const POINTS = [-30, -3.7, -0.51, -1e-9, 0, 1e-9, 0.51, 3.7, 30];
const REFERENCE = JSON.parse(
  `{"tanh": {"values": [-1.0, -0.9987782412811311, -0.4699451989330376, -1e-09, 0.0, 1e-09, 0.4699451989330376, 0.9987782412811311, 1.0], "slopes": [3.502604305078608e-26, 0.002442024743370472, 0.7791515099997879, 1.0, 1.0, 1.0, 0.7791515099997879, 0.002442024743370472, 3.502604305078608e-26]}, "relu": {"values": [0.0, 0.0, 0.0, 0.0, 0.0, 1e-09, 0.51, 3.7, 30.0], "slopes": [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]}, "sigmoid": {"values": [9.357622968839299e-14, 0.024127021417669196, 0.3751935255315707, 0.49999999975, 0.5, 0.50000000025, 0.6248064744684293, 0.9758729785823308, 0.9999999999999065], "slopes": [9.357622968838424e-14, 0.02354490825518053, 0.2344233439307613, 0.25, 0.25, 0.25, 0.2344233439307613, 0.02354490825518053, 9.357622968838424e-14]}, "softplus": {"values": [9.357622968839737e-14, 0.024422845933779157, 0.470313318044875, 0.6931471800599454, 0.6931471805599453, 0.6931471810599453, 0.980313318044875, 3.724422845933779, 30.000000000000092], "slopes": [9.357622968839299e-14, 0.024127021417669196, 0.3751935255315707, 0.49999999975, 0.5, 0.50000000025, 0.6248064744684293, 0.9758729785823308, 0.9999999999999065]}, "gelu": {"values": [-1.472014178144456e-196, -0.00039885901386633646, -0.1555631227577349, -4.999999996010577e-10, 0.0, 5.000000003989423e-10, 0.35443687724226514, 3.699601140986134, 30.0], "slopes": [-4.416031690708495e-195, -0.0014638872675603921, 0.12637687281675922, 0.49999999920211546, 0.5, 0.5000000007978846, 0.8736231271832408, 1.0014638872675603, 1.0]}, "erf": {"values": [-1.0, -0.9999998328489421, -0.5292436198411704, -1.1283791670955127e-09, 0.0, 1.1283791670955127e-09, 0.5292436198411704, 0.9999998328489421, 1.0], "slopes": [0.0, 1.2792740845340064e-06, 0.8699515466721323, 1.1283791670955126, 1.1283791670955126, 1.1283791670955126, 0.8699515466721323, 1.2792740845340064e-06, 0.0]}, "identity": {"values": [-30.0, -3.7, -0.51, -1e-09, 0.0, 1e-09, 0.51, 3.7, 30.0], "slopes": [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]}}`,
) as Record<ActivationName, { values: number[]; slopes: number[] }>;

describe.each(Object.keys(ACTIVATIONS) as ActivationName[])('%s', (name) => {
  const sigma = ACTIVATIONS[name];
  const v = Float64Array.from(POINTS);

  test('agrees with independently computed values and slopes to 1e-14 relative', () => {
    const values = new Float64Array(v.length);
    sigma.valuesInto(v, 0, v.length, values, 0);
    const slopes = new Float64Array(v.length);
    sigma.slopesInto(sigma.slopeFromValue ? values : v, 0, v.length, slopes, 0);
    POINTS.forEach((point, i) => {
      const { values: s, slopes: ds } = REFERENCE[name];
      expect(Math.abs(values[i]! - s[i]!), `${name}(${point})`).toBeLessThanOrEqual(1e-14 * Math.abs(s[i]!));
      // A slope computed from a value near its asymptote has the absolute accuracy of the value.
      expect(Math.abs(slopes[i]! - ds[i]!), `${name}'(${point})`).toBeLessThanOrEqual(
        1e-14 * Math.abs(ds[i]!) + 2.3e-16,
      );
    });
  });

  test('gives values and slopes together with the same bits', () => {
    if (sigma.bothInto === undefined) return;
    const both = v.slice();
    const [slopes, values, together] = [
      new Float64Array(v.length),
      new Float64Array(v.length),
      new Float64Array(v.length),
    ];
    sigma.bothInto(both, 0, v.length, both, together);
    sigma.slopesInto(v, 0, v.length, slopes, 0);
    sigma.valuesInto(v, 0, v.length, values, 0);
    expect([both, together]).toEqual([values, slopes]);
  });

  test('works in place and at offsets, and passes NaN on', () => {
    const values = new Float64Array(v.length);
    sigma.valuesInto(v, 0, v.length, values, 0);
    const shifted = new Float64Array(v.length + 3);
    shifted.set(v, 3);
    sigma.valuesInto(shifted, 3, v.length, shifted, 3);
    expect(shifted.subarray(3)).toEqual(values);
    const bad = Float64Array.of(Number.NaN);
    sigma.valuesInto(bad, 0, 1, bad, 0);
    expect(bad[0]).toBeNaN();
  });
});

test('tanh is within 4e-16 of Math.tanh, relatively, on a fine grid, and exact at the ends', () => {
  const points = Float64Array.from({ length: 200_001 }, (_, i) => (i - 100_000) / 4500);
  const out = new Float64Array(points.length);
  ACTIVATIONS.tanh.valuesInto(points, 0, points.length, out, 0);
  let worst = 0;
  points.forEach((x, i) => {
    if (x !== 0) worst = Math.max(worst, Math.abs(out[i]! / Math.tanh(x) - 1));
  });
  // Math.tanh itself is off by up to 3.1e-16 (2.2 ulp).
  expect(worst).toBeLessThan(7e-16);
  const ends = Float64Array.of(Number.NEGATIVE_INFINITY, -1e300, 5e-324, 1e300, Number.POSITIVE_INFINITY);
  ACTIVATIONS.tanh.valuesInto(ends, 0, ends.length, ends, 0);
  expect([...ends]).toEqual([-1, -1, 5e-324, 1, 1]);
});

/** Correctly rounded values at POINTS_50, and slopes where they are kept, by mpmath 1.3 in 50 digits. */
const POINTS_50 = [
  0.00401859, -0.0470524, 0.0078125, -0.507812, 0.8125, -1.3, 2.01562, -2.9, 4.4, -5.7, 11.3, -22.76, -36.7,
];
const REFERENCE_50 = JSON.parse(
  `{"tanh": [0.004018568367981907, -0.047017707175282, 0.007812341058161014, -0.4682386634241806, 0.6709670742068736, -0.8617231593133063, 0.965114687761046, -0.9939631673505831, 0.9996985792838805, -0.9999776092809898, 0.9999999996938215, -1.0, -1.0], "sigmoid": [0.5010046461479923, 0.4882390697413464, 0.5019531150659532, 0.375706583707574, 0.6926419831347361, 0.2141650169574414, 0.8824273477088644, 0.05215356307841774, 0.9878715650157258, 0.0033348073074133443, 0.9999876272288256, 1.3045405760799712e-10, 1.1518409493076095e-16], "softplus": [0.6951584941917855, 0.6698976960783976, 0.6970610599350741, 0.4711348027133963, 1.179742032138927, 0.2410084538329922, 2.140698819105982, 0.053562776217963175, 4.412202584607696, 0.0033403801703674203, 11.300012372847718, 1.3045405761650625e-10, 1.1518409493076095e-16], "erf": [0.00453446882794038, -0.05305379260407393, 0.008815282895179188, -0.5273380432924132, 0.749464025586362, -0.9340079449406524, 0.9956351802273381, -0.9999589021219005, 0.999999999510829, -0.9999999999999992, 1.0, -1.0, -1.0], "gelu": [0.0020157375277119302, -0.022643296170080367, 0.003930599256725333, -0.15528515011628458, 0.6432949304534115, -0.12584062996129342, 1.9714378849458845, -0.005410858571113711, 4.399976184806807, -3.414511698606211e-08, 11.3, -1.300118959673624e-113, -1.3401112541288544e-293], "softplus slope": [0.5010046461479923, 0.4882390697413464, 0.5019531150659532, 0.375706583707574, 0.6926419831347361, 0.2141650169574414, 0.8824273477088644, 0.05215356307841774, 0.9878715650157258, 0.0033348073074133443, 0.9999876272288256, 1.3045405760799712e-10, 1.1518409493076095e-16], "erf slope": [1.1283609449734704, 1.1258837797963097, 1.128310298398467, 0.8718910638028529, 0.5831131597762814, 0.20820798679606967, 0.01941048787718912, 0.00025121089252072923, 4.410764694683408e-09, 8.75441927216601e-15]}`,
) as Record<string, number[]>;

test.each(Object.keys(REFERENCE_50))('%s is within 4 units in the last place, far into its tails', (name) => {
  const [key, slope] = name.split(' ') as [ActivationName, string | undefined];
  const points = Float64Array.from(POINTS_50);
  const out = new Float64Array(points.length);
  if (slope === undefined) ACTIVATIONS[key].valuesInto(points, 0, points.length, out, 0);
  else ACTIVATIONS[key].slopesInto(points, 0, points.length, out, 0);
  REFERENCE_50[name]!.forEach((expected, i) => {
    expect(Math.abs(out[i]! - expected), `at ${points[i]}`).toBeLessThanOrEqual(4 * ulp(expected));
  });
});

/** The distance from |x| to the next larger double. */
function ulp(x: number): number {
  const words = new BigInt64Array(Float64Array.of(Math.abs(x)).buffer);
  words[0]! += 1n;
  return new Float64Array(words.buffer)[0]! - Math.abs(x);
}
