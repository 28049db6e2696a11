import { describe, expect, test } from 'vitest';
import { ACTIVATIONS } from '../../src/kernels/activation/index.ts';
import { addInto, BLOCK, type BlockKernel } from '../../src/kernels/blocks.ts';
import { linearKernel } from '../../src/kernels/linear.ts';
import { plainPerceptron } from '../../src/kernels/plain/perceptron.ts';
import { simdPerceptron } from '../../src/kernels/simd/perceptron.ts';
import { normal, stream } from '../../src/random/index.ts';

const M = 5;
const D = 3;
const rng = stream(4);
const normals = (count: number) => Float64Array.from({ length: count }, () => normal(rng));
const inputs = { data: normals(M * D), rows: M, columns: D };

const KERNELS: readonly (readonly [string, () => BlockKernel])[] = [
  ['plain', () => plainPerceptron(inputs, ACTIVATIONS.tanh, true)],
  ['simd', () => simdPerceptron(inputs, 'tanh', true)],
  ['linear', () => linearKernel(inputs)],
];

describe.each(KERNELS)('%s', (_name, make) => {
  test.each([1, 31, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 1000])(
    'a sum over %i neurons is that of its blocks, wherever they are computed',
    (n) => {
      const whole = make();
      const x = normals(n * whole.dimension);
      const all = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
      for (const set of [null, all])
        for (const weights of [null, normals(n)]) {
          const sums = new Float64Array(M);
          whole.forward(x, set, n, sums, weights);

          const apart = new Float64Array(Math.ceil(n / BLOCK) * M).fill(7);
          make().forwardBlocks(x, set, n, apart, weights);
          const added = new Float64Array(M);
          for (let b = 0; b < apart.length; b += M) addInto(apart, b, M, added, 0);
          expect(added).toEqual(sums);

          const alone = new Float64Array(M);
          for (let first = 0, b = 0; first < n; first += BLOCK, b += M) {
            const last = Math.min(first + BLOCK, n);
            const part = set?.subarray(first, last) ?? null;
            const rows = set === null ? x.subarray(first * whole.dimension) : x;
            make().forward(rows, part, last - first, alone, weights?.subarray(first, last) ?? null);
            expect(alone).toEqual(apart.subarray(b, b + M));
          }
        }
    },
  );
});

test('the SIMD kernel adds many blocks to the bits of the plain one', () => {
  const n = 10 * BLOCK + 17;
  const [plain, simd] = [plainPerceptron(inputs, ACTIVATIONS.gelu, false), simdPerceptron(inputs, 'gelu', false)];
  const x = normals(n * plain.dimension);
  const [expected, actual] = [new Float64Array(M), new Float64Array(M)];
  plain.forward(x, null, n, expected);
  simd.forward(x, null, n, actual);
  expect(actual).toEqual(expected);
});
