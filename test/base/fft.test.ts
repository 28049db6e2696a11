import { expect, test } from 'vitest';
import { fourierTransform } from '../../src/base/fft.ts';
import { normal, stream } from '../../src/random/index.ts';

test.each([1, 2, 8, 64])('length %d: the transform is its defining sum, and the inverse undoes it', (n) => {
  const rng = stream(n);
  const re = Float64Array.from({ length: n }, () => normal(rng));
  const im = Float64Array.from({ length: n }, () => normal(rng));
  const [a, b] = [re.slice(), im.slice()];
  const transform = fourierTransform(n);
  transform.forward(a, b);
  for (let k = 0; k < n; k++) {
    let [sumRe, sumIm] = [0, 0];
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * j * k) / n;
      sumRe += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
      sumIm += re[j]! * Math.sin(angle) + im[j]! * Math.cos(angle);
    }
    expect(Math.abs(a[k]! - sumRe)).toBeLessThan(1e-12 * n);
    expect(Math.abs(b[k]! - sumIm)).toBeLessThan(1e-12 * n);
  }
  transform.inverse(a, b);
  a.forEach((value, i) => {
    expect(Math.abs(value - re[i]!)).toBeLessThan(1e-14 * n);
    expect(Math.abs(b[i]! - im[i]!)).toBeLessThan(1e-14 * n);
  });
});
