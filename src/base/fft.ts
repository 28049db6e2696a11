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
 * The transform of length n = 2^b: radix 2, decimation in time (J. W. Cooley, J. W. Tukey 1965), two levels at a time, so that
 * each number is loaded and stored half as often.
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
    let half = 1;
    if (Math.log2(size) % 2 === 1) {
      neighbours(re, im);
      half = 2;
    }
    for (; half < size; half *= 4) twoLevels(re, im, half, cosines, sines);
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

/** The first level: transforms of length 2. */
function neighbours(re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < re.length; i += 2) {
    const [a, b] = [re[i + 1]!, im[i + 1]!];
    re[i + 1] = re[i]! - a;
    im[i + 1] = im[i]! - b;
    re[i] = re[i]! + a;
    im[i] = im[i]! + b;
  }
}

/** Transforms of length 4·half from those of length `half`. */
function twoLevels(re: Float64Array, im: Float64Array, half: number, cosines: Float64Array, sines: Float64Array): void {
  const size = re.length;
  const stride = size / (4 * half);
  for (let k = 0; k < half; k++) {
    const c1 = cosines[2 * k * stride]!;
    const s1 = -sines[2 * k * stride]!;
    const c2 = cosines[k * stride]!;
    const s2 = -sines[k * stride]!;
    for (let i0 = k; i0 < size; i0 += 4 * half) {
      const i1 = i0 + half;
      const i2 = i1 + half;
      const i3 = i2 + half;
      let a = re[i1]! * c1 - im[i1]! * s1;
      let b = re[i1]! * s1 + im[i1]! * c1;
      const x0 = re[i0]! + a;
      const y0 = im[i0]! + b;
      const x1 = re[i0]! - a;
      const y1 = im[i0]! - b;
      a = re[i3]! * c1 - im[i3]! * s1;
      b = re[i3]! * s1 + im[i3]! * c1;
      const x2 = re[i2]! + a;
      const y2 = im[i2]! + b;
      const x3 = re[i2]! - a;
      const y3 = im[i2]! - b;
      a = x2 * c2 - y2 * s2;
      b = x2 * s2 + y2 * c2;
      re[i0] = x0 + a;
      im[i0] = y0 + b;
      re[i2] = x0 - a;
      im[i2] = y0 - b;
      // A quarter of a turn further on.
      a = x3 * s2 + y3 * c2;
      b = y3 * s2 - x3 * c2;
      re[i1] = x1 + a;
      im[i1] = y1 + b;
      re[i3] = x1 - a;
      im[i3] = y1 - b;
    }
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
