import { expect, test } from 'vitest';
import { ACTIVATIONS, type ActivationName } from '../../src/kernels/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { EXACT, errorOf, fixed } from './exact.ts';

/** The largest errors allowed, in units of the last place. */
const ULPS: Record<string, number> = {
  tanh: 1.6,
  sigmoid: 2.6,
  softplus: 2.6,
  'softplus slope': 2.6,
  erf: 2.6,
  'erf slope': 2.6,
  gelu: 4,
};

/** Numbers of every size, half-way points between the nodes of tables, and their neighbours; deterministic. */
function points(name: string, count: number): Float64Array {
  const rng = stream(11).split(name);
  // Beyond these, values round to their limits or, in the left tail of GELU, leave the normal numbers.
  const limit = name.startsWith('erf') ? 5.8 : name === 'tanh' ? 19 : 37;
  return Float64Array.from({ length: count }, (_, i) => {
    const z = normal(rng);
    if (i % 4 === 0) return Math.max(-limit, Math.min(limit, 8 * z));
    if (i % 4 === 1) return z * 10 ** -((i >> 2) % 9);
    if (i % 4 === 2) return (Math.round(64 * z) + 0.5) / 64;
    return (Math.round(128 * z) + 0.499) / 128;
  });
}

test.each(Object.keys(EXACT))(
  '%s is accurate to 1e-15 relative, and to the units in the last place that are stated',
  (name) => {
    const [key, slope] = name.split(' ') as [ActivationName, string | undefined];
    const v = points(name, 80);
    const out = new Float64Array(v.length);
    if (slope === undefined) ACTIVATIONS[key].valuesInto(v, 0, v.length, out, 0);
    else ACTIVATIONS[key].slopesInto(v, 0, v.length, out, 0);
    v.forEach((x, i) => {
      const { ulps, relative } = errorOf(out[i]!, EXACT[name]!(fixed(x)));
      expect(relative, `${name}(${x})`).toBeLessThanOrEqual(1e-15);
      expect(ulps, `${name}(${x})`).toBeLessThanOrEqual(ULPS[name]!);
    });
  },
);
