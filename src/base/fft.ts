/**
 * In-place discrete Fourier transform X_k = Σ_j x_j e^(∓2πi jk/n) of n = 2^b complex numbers (radix 2, decimation in time).
 * The inverse divides by n. O(n log n).
 */
export function fftInto(re: Float64Array, im: Float64Array, inverse = false): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  const sign = inverse ? 1 : -1;
  for (let half = 1; half < n; half *= 2)
    for (let k = 0; k < half; k++) {
      const angle = (sign * Math.PI * k) / half;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      for (let i = k; i < n; i += 2 * half) {
        const j = i + half;
        const a = re[j]! * c - im[j]! * s;
        const b = re[j]! * s + im[j]! * c;
        re[j] = re[i]! - a;
        im[j] = im[i]! - b;
        re[i]! += a;
        im[i]! += b;
      }
    }
  if (inverse)
    for (let i = 0; i < n; i++) {
      re[i]! /= n;
      im[i]! /= n;
    }
}

function swap(a: Float64Array, i: number, j: number): void {
  const held = a[i]!;
  a[i] = a[j]!;
  a[j] = held;
}
