import { expect, it } from 'vitest';
import { argsort } from '../../src/measure/argsort.ts';
import { sortedCopy } from '../../src/measure/radix-sort.ts';
import { stream } from '../../src/random/stream.ts';

it('sorts by radix as a comparator does: signs, zeros, ties, extreme exponents', () => {
  const rng = stream(3);
  const special = [0, -0, 5e-324, -5e-324, 1.7e308, -1.7e308, 1, -1, 1, 0];
  const values = Float64Array.from({ length: 5000 }, (_, i) =>
    i % 50 < special.length ? special[i % 50]! : (rng.uniform() - 0.5) * 10 ** Math.round(40 * (rng.uniform() - 0.5)),
  );
  const expected = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]! || i - j);
  expect(argsort(values)).toEqual(expected);
  expect(sortedCopy(values)).toEqual(values.slice().sort());
});

it('sorts constant input', () => {
  expect(argsort(new Float64Array(3000).fill(2))[2999]).toBe(2999);
});
