import type { RowMajor } from '../../src/base/arrays.ts';
import { tanhTable } from '../../src/kernels/activation/tanh-table.ts';
import { ACTIVATIONS, type ActivationName } from '../../src/kernels/index.ts';
import type { Madd } from './fused-madd.ts';

const BLOCK = 128;
const CHUNK = 32;

/**
 * The perceptron kernel a number at a time, in the kernels' order of operations, with `madd` wherever the SIMD ones may fuse a product and
 * a sum. Not for n in the thousands.
 */
export class ReferenceKernel {
  private readonly name: ActivationName;

  constructor(
    private readonly inputs: RowMajor,
    name: ActivationName,
    private readonly madd: Madd,
  ) {
    this.name = name;
  }

  /** σ `[n, m]` of neurons (a, b_1 … b_d, bias) `[n, d + 2]`. */
  values(x: Float64Array): Float64Array {
    const { rows: m, columns: d, data } = this.inputs;
    const v = new Float64Array((x.length / (d + 2)) * m);
    for (let at = 0, row = 0; at < v.length; row += d + 2)
      for (let j = 0; j < m; j++, at++) {
        let sum = x[row + d + 1]!;
        for (let k = 0; k < d; k++) sum = this.madd(x[row + 1 + k]!, data[j * d + k]!, sum);
        v[at] = sum;
      }
    if (this.name === 'tanh') return v.map((value) => this.tanh(value));
    const out = new Float64Array(v.length);
    ACTIVATIONS[this.name].valuesInto(v, 0, v.length, out, 0);
    return out;
  }

  /** Σ_i w_i a_i σ_ij. */
  sums(x: Float64Array, weights: Float64Array | null): Float64Array {
    const { rows: m, columns: d } = this.inputs;
    const n = x.length / (d + 2);
    const values = this.values(x);
    const factor = (i: number) => (weights === null ? x[i * (d + 2)]! : x[i * (d + 2)]! * weights[i]!);
    return Float64Array.from({ length: m }, (_, j) => {
      const sigma = (i: number) => values[i * m + j]!;
      let total = 0;
      for (let block = 0; block < n; block += BLOCK) {
        let blockSum = 0;
        for (let chunk = block; chunk < Math.min(block + BLOCK, n); chunk += CHUNK) {
          let sum = 0;
          const end = Math.min(chunk + CHUNK, n);
          for (let i = chunk; i + 1 < end; i += 2) sum += this.madd(factor(i + 1), sigma(i + 1), factor(i) * sigma(i));
          if ((end - chunk) % 2 === 1) sum = this.madd(factor(end - 1), sigma(end - 1), sum);
          blockSum += sum;
        }
        total += blockSum;
      }
      return total;
    });
  }

  /** scale · Dφ(x)ᵀ (r + κ ∘ φ(x)), `[n, d + 2]`. */
  pullBack(x: Float64Array, residual: Float64Array, penalty: Float64Array, scale: number): Float64Array {
    const { rows: m, columns: d, data } = this.inputs;
    const values = this.values(x);
    const slopes = this.slopes(x, values);
    const out = new Float64Array(x.length);
    for (let i = 0, row = 0; row < x.length; i++, row += d + 2) {
      const a = x[row]!;
      const sums = [new Float64Array(d + 2), new Float64Array(d + 2)];
      for (let j = 0; j < m; j++) {
        const sum = sums[j % 2]!;
        const sigma = values[i * m + j]!;
        const r = residual[j]! + penalty[j]! * a * sigma;
        const back = slopes[i * m + j]! * r;
        sum[0] = this.madd(r, sigma, sum[0]!);
        for (let k = 0; k < d; k++) sum[1 + k] = this.madd(back, data[j * d + k]!, sum[1 + k]!);
        sum[d + 1]! += back;
      }
      for (let k = 0; k < d + 2; k++) {
        const sum = sums[0]![k]! + sums[1]![k]!;
        out[row + k] = scale * (k === 0 ? sum : sum * a);
      }
    }
    return out;
  }

  private slopes(x: Float64Array, values: Float64Array): Float64Array {
    if (this.name === 'tanh') return values.map((s) => this.madd(-s, s, 1));
    const { slopeFromValue } = ACTIVATIONS[this.name];
    const out = new Float64Array(values.length);
    const from = slopeFromValue ? values : new ReferenceKernel(this.inputs, 'identity', this.madd).values(x);
    ACTIVATIONS[this.name].slopesInto(from, 0, from.length, out, 0);
    return out;
  }

  private tanh(v: number): number {
    const x = Math.max(-20, Math.min(20, v));
    const c = x + 52776558133268 - 52776558133268;
    const p = x - c;
    const w = p * p;
    const k = 256 * (c + 20);
    const [node, slope] = [tanhTable()[k]!, tanhTable()[k + 1]!];
    const series = this.madd(w, -0.022222173781622025, 0.33333333333305615);
    return node + (p * slope) / this.madd(w, series, this.madd(node, p, 1));
  }
}
