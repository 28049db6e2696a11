/** The discrete Fourier transform of one length, with its tables. */
export interface FourierTransform {
  /** n */
  readonly size: number;
  /** X_k = Σ_j x_j e^(-2πi jk/n), in place. O(n log n). */
  forward(re: Float64Array, im: Float64Array): void;
  /** The inverse of `forward`, with its division by n. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/**
 * The transform of length n = 2^b: radix 2, decimation in time (J. W. Cooley, J. W. Tukey 1965).
 *
 * @param size - a power of two
 */
export function fourierTransform(size: number): FourierTransform {
  const cosines = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  const reversed = bitReversal(size);
  const transform = (re: Float64Array, im: Float64Array): void => {
    permute(re, reversed);
    permute(im, reversed);
    for (let half = 1, stride = size / 2; half < size; half *= 2, stride /= 2)
      for (let k = 0; k < half; k++) butterflies(re, im, k, half, cosines[k * stride]!, -sines[k * stride]!);
  };
  return {
    size,
    forward: transform,
    inverse(re, im) {
      // Exchanging the parts conjugates, up to a factor: the inverse is the forward transform between two exchanges.
      transform(im, re);
      for (let i = 0; i < size; i++) {
        re[i]! *= 1 / size;
        im[i]! *= 1 / size;
      }
    },
  };
}

function butterflies(re: Float64Array, im: Float64Array, first: number, half: number, c: number, s: number): void {
  for (let i = first; i < re.length; i += 2 * half) {
    const j = i + half;
    const a = re[j]! * c - im[j]! * s;
    const b = re[j]! * s + im[j]! * c;
    re[j] = re[i]! - a;
    im[j] = im[i]! - b;
    re[i] = re[i]! + a;
    im[i] = im[i]! + b;
  }
}

function bitReversal(size: number): Int32Array {
  const out = new Int32Array(size);
  for (let i = 1; i < size; i++) out[i] = (out[i >> 1]! >> 1) | (i & 1 ? size >> 1 : 0);
  return out;
}

function permute(values: Float64Array, to: Int32Array): void {
  for (let i = 0; i < values.length; i++) {
    const j = to[i]!;
    if (i < j) {
      const held = values[i]!;
      values[i] = values[j]!;
      values[j] = held;
    }
  }
}
