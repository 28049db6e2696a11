import { type FourierTransform, fourierTransform } from '../../base/fft.ts';

/**
 * For one sample: G(u) = E g((u + S)/c), S = Σ_{l=1}^{N} φ(Y_l) with N ~ Poisson(c) and Y_l independent draws from a cloud.
 *
 * The residual of a sample depends on that sample's component of S alone, so m one-dimensional laws do in place of a law in
 * R^m. With ψ the transform of the law of φ(Y), that of S is e^(c(ψ - 1)), and G is a correlation with it: two fast
 * transforms on a grid that carries each φ(Y) with its mass, mean and second moment, and cubic interpolation. Nothing is
 * sampled, so flows keep their order in time. The error is O(h³) in the grid spacing h, 3.5 % of the largest |φ| for c = 2
 * (docs/theory.md section 8). O(N + P log P).
 */
export class PartnerExpectation {
  /** Real and imaginary parts of the grid; after `prepare` the real part is the table of G. */
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly fourier: FourierTransform;
  private inverseSpacing = 1;

  /** @param points - of the grid on which the law of a partner sum is held; a power of two. Default 2048 */
  constructor(private readonly points = 2048) {
    this.fourier = fourierTransform(points);
    this.re = new Float64Array(points);
    this.im = new Float64Array(points);
  }

  /**
   * @param features - `[count, stride]`: φ of the cloud, of which column `column` is taken
   * @param g - the function of the prediction whose mean is wanted
   * @param weights - of the particles, of sum 1. Default equal
   */
  prepare(
    features: Float64Array,
    count: number,
    stride: number,
    column: number,
    activeCount: number,
    g: (prediction: number) => number,
    weights?: Float64Array,
  ): void {
    const { re, im, points } = this;
    const h = (2 * reachOf(features, count, stride, column, activeCount, weights)) / points;
    this.inverseSpacing = 1 / h;
    re.fill(0);
    depositAll(re, features, count, stride, column, 1 / h, weights);
    // Divided by the number of points, so that no entry of its transform is large beside those of the law's.
    for (let k = 0; k < points; k++) im[k] = g((h * (k < points / 2 ? k : k - points)) / activeCount) / points;
    this.fourier.forward(re, im);
    correlate(re, im, activeCount);
    this.fourier.inverse(re, im);
  }

  /** G(u), for |u| up to the largest |φ| of the cloud. */
  at(u: number): number {
    return interpolate(this.re, u * this.inverseSpacing);
  }

  /** Replaces each value by factor · G(value). */
  replace(values: Float64Array, factor: number): void {
    const { re, inverseSpacing } = this;
    for (let i = 0; i < values.length; i++) values[i] = factor * interpolate(re, values[i]! * inverseSpacing);
  }
}

/** The cubic through the four points of a periodic table about t, |t| ≤ its length. */
function interpolate(table: Float64Array, t: number): number {
  const mask = table.length - 1;
  // A period further on t is positive, and truncation, which is much faster than Math.floor, is the same.
  const shifted = t + table.length;
  const k = shifted | 0;
  const f = shifted - k;
  const a = table[(k - 1) & mask]!;
  const b = table[k & mask]!;
  const c = table[(k + 1) & mask]!;
  const d = table[(k + 2) & mask]!;
  return (
    b +
    f * (c - a * (1 / 3) - b * 0.5 - d * (1 / 6) + f * ((a + c) * 0.5 - b + f * ((d - a) * (1 / 6) + (b - c) * 0.5)))
  );
}

/**
 * The transform Z of ℓ + i g/P, both real, becomes that of E g(u + S): with L and T the transforms of ℓ and g, T · conj e^(c(L - 1)).
 * L_k = (Z_k + conj Z_-k)/2 and T_k/P = (Z_k - conj Z_-k)/2i; the result is that of a real function, so half of it says all.
 */
function correlate(re: Float64Array, im: Float64Array, activeCount: number): void {
  const points = re.length;
  const scale = 0.5 * points;
  for (let k = 0; k <= points / 2; k++) {
    const mirror = (points - k) & (points - 1);
    const size = Math.exp(activeCount * (0.5 * (re[k]! + re[mirror]!) - 1));
    const angle = 0.5 * activeCount * (im[k]! - im[mirror]!);
    const c = size * Math.cos(angle);
    const s = size * Math.sin(angle);
    const tRe = scale * (im[k]! + im[mirror]!);
    const tIm = scale * (re[mirror]! - re[k]!);
    re[k] = tRe * c + tIm * s;
    im[k] = tIm * c - tRe * s;
    re[mirror] = re[k]!;
    im[mirror] = -im[k]!;
  }
}

/**
 * The grid covers u + S: the largest |φ|, and S to where its law has no more than rounding mass (8 standard deviations and 8
 * largest terms; a compound Poisson law falls like e^(-x log x) in units of its largest term), so that its periodicity does not show.
 * Particles of no more than rounding weight count as neurons, not as partners.
 */
function reachOf(
  features: Float64Array,
  count: number,
  stride: number,
  column: number,
  activeCount: number,
  weights: Float64Array | undefined,
): number {
  let mean = 0;
  let square = 0;
  let largest = 0;
  let largestPartner = 0;
  const equal = 1 / count;
  for (let i = 0, read = column; i < count; i++, read += stride) {
    const v = features[read]!;
    const weight = weights === undefined ? equal : weights[i]!;
    const size = Math.abs(v);
    mean += weight * v;
    square += weight * v * v;
    if (size > largest) largest = size;
    if (weight > 1e-13 && size > largestPartner) largestPartner = size;
  }
  const reach = largest + 8 * largestPartner + activeCount * Math.abs(mean) + 8 * Math.sqrt(activeCount * square);
  return reach > 0 ? reach : 1;
}

/** Puts each particle's mass on the three nearest points so that its mass, mean and second moment are kept. */
function depositAll(
  grid: Float64Array,
  features: Float64Array,
  count: number,
  stride: number,
  column: number,
  inverseSpacing: number,
  weights: Float64Array | undefined,
): void {
  const mask = grid.length - 1;
  const equal = 1 / count;
  for (let i = 0, read = column; i < count; i++, read += stride) {
    const position = features[read]! * inverseSpacing + grid.length;
    const k = (position + 0.5) | 0;
    const f = position - k;
    const mass = weights === undefined ? equal : weights[i]!;
    grid[(k - 1) & mask]! += mass * 0.5 * f * (f - 1);
    grid[k & mask]! += mass * (1 - f * f);
    grid[(k + 1) & mask]! += mass * 0.5 * f * (f + 1);
  }
}
