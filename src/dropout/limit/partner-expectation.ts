import { type FourierTransform, fourierTransform } from '../../base/fft.ts';

/**
 * For one sample: G(u) = E g((u + S)/c), S = Σ_{l=1}^{N} φ(Y_l) with N ~ Poisson(c) and Y_l independent draws from a cloud.
 *
 * The residual of a sample depends on that sample's component of S alone, so m one-dimensional laws do in place of a law in
 * R^m. With ψ the transform of the law of φ(Y), that of S is e^(c(ψ - 1)), and G is a correlation with it: three fast
 * transforms on a grid that carries each φ(Y) with its mass, mean and second moment, and cubic interpolation. Nothing is
 * sampled, so flows keep their order in time. The error is O(h³) in the grid spacing h, 3.5 % of the largest |φ| for c = 2
 * (docs/theory.md section 8). O(N + P log P).
 */
export class PartnerExpectation {
  private readonly lawRe: Float64Array;
  private readonly lawIm: Float64Array;
  private readonly table: Float64Array;
  private readonly tableIm: Float64Array;
  private readonly fourier: FourierTransform;
  private inverseSpacing = 1;

  /** @param points - of the grid on which the law of a partner sum is held; a power of two. Default 2048 */
  constructor(private readonly points = 2048) {
    this.fourier = fourierTransform(points);
    this.lawRe = new Float64Array(points);
    this.lawIm = new Float64Array(points);
    this.table = new Float64Array(points);
    this.tableIm = new Float64Array(points);
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
    const { lawRe, lawIm, table, tableIm, points } = this;
    const h = (2 * reachOf(features, count, stride, column, activeCount, weights)) / points;
    this.inverseSpacing = 1 / h;
    lawRe.fill(0);
    lawIm.fill(0);
    for (let i = 0, read = column; i < count; i++, read += stride)
      deposit(lawRe, features[read]! / h, weights === undefined ? 1 / count : weights[i]!);
    this.fourier.forward(lawRe, lawIm);
    tableIm.fill(0);
    for (let k = 0; k < points; k++) table[k] = g((h * (k < points / 2 ? k : k - points)) / activeCount);
    this.fourier.forward(table, tableIm);
    for (let k = 0; k < points; k++) {
      const size = Math.exp(activeCount * (lawRe[k]! - 1));
      const re = size * Math.cos(activeCount * lawIm[k]!);
      const im = -size * Math.sin(activeCount * lawIm[k]!);
      const g0 = table[k]!;
      table[k] = g0 * re - tableIm[k]! * im;
      tableIm[k] = g0 * im + tableIm[k]! * re;
    }
    this.fourier.inverse(table, tableIm);
  }

  /** G(u), for |u| up to the largest |φ| of the cloud. */
  at(u: number): number {
    const t = u * this.inverseSpacing;
    const k = Math.floor(t);
    const f = t - k;
    const [a, b, c, d] = [this.entry(k - 1), this.entry(k), this.entry(k + 1), this.entry(k + 2)];
    return b + f * (c - a / 3 - b / 2 - d / 6 + f * ((a + c) / 2 - b + f * ((d - a) / 6 + (b - c) / 2)));
  }

  private entry(k: number): number {
    return this.table[k & (this.points - 1)]!;
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
  for (let i = 0, read = column; i < count; i++, read += stride) {
    const v = features[read]!;
    const weight = weights === undefined ? 1 / count : weights[i]!;
    mean += weight * v;
    square += weight * v * v;
    largest = Math.max(largest, Math.abs(v));
    if (weight > 1e-13) largestPartner = Math.max(largestPartner, Math.abs(v));
  }
  const reach = largest + 8 * largestPartner + activeCount * Math.abs(mean) + 8 * Math.sqrt(activeCount * square);
  return reach > 0 ? reach : 1;
}

/** Puts a mass on the three nearest points so that its mass, mean and second moment are kept. */
function deposit(grid: Float64Array, position: number, mass: number): void {
  const mask = grid.length - 1;
  const k = Math.round(position);
  const f = position - k;
  grid[(k - 1) & mask]! += mass * 0.5 * f * (f - 1);
  grid[k & mask]! += mass * (1 - f * f);
  grid[(k + 1) & mask]! += mass * 0.5 * f * (f + 1);
}
