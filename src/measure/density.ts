import { asMatrix, type Matrix } from '../base/arrays.ts';
import { checkInteger, checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { EmpiricalMeasure } from './empirical.ts';
import { axisNode, axisStep, type GridAxis } from './grid.ts';
import { atomsOf, coordinateOf, type MeasureLike } from './measure.ts';
import { quantilesOf } from './quantile.ts';
import { compensatedDot, compensatedSum } from './sum.ts';

/** What to draw along one axis. */
export interface DensityAxis {
  /** Default: the atoms' range and three bandwidths more on both sides. */
  readonly range?: readonly [number, number];
  /** Standard deviation of the Gaussian kernel. Default: Silverman's rule. */
  readonly bandwidth?: number;
}

/**
 * Gaussian kernel density estimate of one coordinate, for pictures: atoms are shared linearly among the nodes of a grid,
 * which is then smoothed, so it costs O(N + points·bandwidth/spacing) and errs by about (spacing/bandwidth)²/12.
 *
 * @param options.coordinate - default 0
 * @param options.points - number of equally spaced nodes, default 256
 * @returns nodes `x` and `density` there, `[points]`, and the bandwidth used
 */
export function kernelDensity1D(
  measure: MeasureLike,
  options: DensityAxis & { readonly coordinate?: number; readonly points?: number } = {},
): { readonly x: Float64Array; readonly density: Float64Array; readonly bandwidth: number } {
  const atoms = atomsOf('measure', measure);
  const points = checkInteger('points', options.points ?? 256, { min: 2 });
  const values = coordinateOf(atoms, options.coordinate ?? 0);
  const plan = planAxis('', atoms, options.coordinate ?? 0, options, points, 1);
  const padded = new Float64Array(plan.padded.count);
  share(values, plan.padded, (node, part, i) => {
    padded[node]! += part * atoms.weights[i]!;
  });
  const density = new Float64Array(points);
  smooth(padded, 0, 1, plan, density, 0, 1);
  return { x: nodesOf(plan.axis), density, bandwidth: plan.bandwidth };
}

/**
 * The same in two coordinates.
 *
 * @param options.coordinates - default `[0, 1]`
 * @param options.points - nodes an axis, default 96
 * @returns nodes `x` and `y`, `density` `[points, points]` at (x_i, y_j), and the two bandwidths
 */
export function kernelDensity2D(
  measure: MeasureLike,
  options: {
    readonly coordinates?: readonly [number, number];
    readonly points?: number;
    readonly axes?: readonly [DensityAxis, DensityAxis];
  } = {},
): {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly density: Matrix;
  readonly bandwidths: [number, number];
} {
  const atoms = atomsOf('measure', measure);
  const points = checkInteger('points', options.points ?? 96, { min: 2 });
  const [first, second] = options.coordinates ?? [0, 1];
  const px = planAxis('axes[0].', atoms, first, options.axes?.[0] ?? {}, points, 2);
  const py = planAxis('axes[1].', atoms, second, options.axes?.[1] ?? {}, points, 2);
  const rows = px.padded.count;
  const columns = py.padded.count;
  const xs = coordinateOf(atoms, first);
  const ys = coordinateOf(atoms, second);
  const deposited = new Float64Array(rows * columns);
  const one = new Float64Array(1);
  share(xs, px.padded, (node, part, i) => {
    one[0] = ys[i]!;
    share(one, py.padded, (other, otherPart) => {
      deposited[node * columns + other]! += part * otherPart * atoms.weights[i]!;
    });
  });
  const half = new Float64Array(rows * points);
  for (let i = 0; i < rows; i++) smooth(deposited, i * columns, 1, py, half, i * points, 1);
  const density = new Float64Array(points * points);
  for (let j = 0; j < points; j++) smooth(half, j, points, px, density, j, points);
  return {
    x: nodesOf(px.axis),
    y: nodesOf(py.axis),
    density: asMatrix(density, points, points),
    bandwidths: [px.bandwidth, py.bandwidth],
  };
}

/** The nodes asked for, and the same nodes continued to both sides as far as the kernel reaches. */
interface AxisPlan {
  readonly axis: GridAxis;
  readonly padded: GridAxis;
  readonly bandwidth: number;
  /** The kernel at 0, 1, … nodes away; its two-sided sum times the spacing is 1. */
  readonly kernel: Float64Array;
}

function planAxis(
  name: string,
  atoms: EmpiricalMeasure,
  coordinate: number,
  options: DensityAxis,
  points: number,
  dimension: 1 | 2,
): AxisPlan {
  const bandwidth =
    options.bandwidth === undefined
      ? silverman(atoms, coordinate, dimension)
      : checkNumber(`${name}bandwidth`, options.bandwidth, { above: 0 });
  const [low, high] = quantilesOf(atoms, [0, 1], coordinate) as unknown as [number, number];
  const [lower, upper] = options.range ?? [low - 3 * bandwidth, high + 3 * bandwidth];
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && lower < upper))
    throw new ArgumentError(`${name}range`, options.range, 'two finite numbers in increasing order');
  const axis = { lower, upper, count: points };
  const h = axisStep(axis);
  const reach = Math.min(Math.ceil((6 * bandwidth) / h), 16 * points);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * ((i * h) / bandwidth) ** 2));
  const total = h * (2 * compensatedSum(kernel) - 1);
  const padded = { lower: lower - reach * h, upper: upper + reach * h, count: points + 2 * reach };
  return { axis, padded, bandwidth, kernel: kernel.map((value) => value / total) };
}

/**
 * B. Silverman, Density Estimation (1986), (3.31) on the line and (4.14) in the plane, with N replaced by the effective
 * number of atoms 1/Σw². A measure without spread gets a thousandth of its location, or of 1.
 */
function silverman(atoms: EmpiricalMeasure, coordinate: number, dimension: 1 | 2): number {
  const x = coordinateOf(atoms, coordinate);
  const w = atoms.weights;
  const mass = compensatedSum(w);
  const mean = compensatedDot(w, x) / mass;
  const deviation = Math.sqrt(
    compensatedDot(
      w,
      x.map((value) => (value - mean) ** 2),
    ) / mass,
  );
  if (deviation === 0) return 1e-3 * Math.max(1, Math.abs(mean));
  const effective = mass ** 2 / compensatedDot(w, w);
  if (dimension === 2) return deviation * effective ** (-1 / 6);
  const [q1, q3] = quantilesOf(atoms, [0.25, 0.75], coordinate) as unknown as [number, number];
  const spread = q3 > q1 ? Math.min(deviation, (q3 - q1) / 1.34) : deviation;
  return 0.9 * spread * effective ** -0.2;
}

/** Linear shares of each value among the two nodes around it; values off the axis are dropped. */
function share(values: Float64Array, axis: GridAxis, add: (node: number, part: number, index: number) => void): void {
  const h = axisStep(axis);
  for (let i = 0; i < values.length; i++) {
    const position = (values[i]! - axis.lower) / h;
    if (position < 0 || position > axis.count - 1) continue;
    const node = Math.min(Math.floor(position), axis.count - 2);
    add(node, 1 - (position - node), i);
    add(node + 1, position - node, i);
  }
}

function smooth(
  source: Float64Array,
  start: number,
  stride: number,
  { axis, kernel }: AxisPlan,
  out: Float64Array,
  outStart: number,
  outStride: number,
): void {
  const reach = kernel.length - 1;
  for (let i = 0; i < axis.count; i++) {
    let sum = kernel[0]! * source[start + (i + reach) * stride]!;
    for (let k = 1; k <= reach; k++)
      sum += kernel[k]! * (source[start + (i + reach - k) * stride]! + source[start + (i + reach + k) * stride]!);
    out[outStart + i * outStride] = sum;
  }
}

function nodesOf(axis: GridAxis): Float64Array {
  return Float64Array.from({ length: axis.count }, (_, i) => axisNode(axis, i));
}
