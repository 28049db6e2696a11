import { checkFinite, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { estimateFormat, formatNumber } from '../text/numbers.ts';
import type { RateReport } from '../types.ts';
import { extent, logTicks, padLog } from './axes.ts';
import { fitBand } from './fitBand.ts';
import { BLUE, INK, VERMILION } from './palette.ts';
import {
  axisTitle,
  type ChartSize,
  type ChartSpec,
  chartSpec,
  DASHED,
  legendLines,
  nominal,
  quantity,
  SOLID,
} from './spec.ts';

/** A circle of half the usual radius: in the legend it stands beside lines, whose symbols are as long as symbols are wide. */
const DOT = 'M0.5,0A0.5,0.5,0,1,1,-0.5,0A0.5,0.5,0,1,1,0.5,0Z';

/**
 * An error against a growing size on log–log axes: bars of ± 2 standard errors, the fitted power law with its confidence band, and the
 * predicted slope through the centre of the fit: a prediction that leaves the band is at odds with the measurement.
 */
export function convergenceChart(rate: RateReport, size: ChartSize = {}): ChartSpec {
  checkRate(rate);
  const points = rate.sizes
    .map((n, i) => ({ size: n, value: rate.values[i]!, error: rate.standardErrors[i]! }))
    .filter(({ value }) => value > 0);
  const sizes = padLog(extent(rate.sizes)!, 0.04);
  const band = points.length > 0 ? fitBand(rate, extent(rate.sizes)!) : [];
  const values = valueDomain(points, band);
  const bars = points.map((point) => ({
    ...point,
    low: Math.max(values[0], point.value - 2 * point.error),
    high: point.value + 2 * point.error,
  }));
  const x = {
    ...quantity('size'),
    title: axisTitle(rate.sizeName, 'x', size),
    scale: { type: 'log', domain: sizes, nice: false },
    axis: { values: sizeTicks(rate.sizes), format: '~r' },
  };
  const y = (field: string) => ({
    ...quantity(field),
    title: rate.valueName === undefined ? null : axisTitle(rate.valueName, 'y', size),
    scale: { type: 'log', domain: values, nice: false },
    axis: { values: logTicks(values), format: values[0] < 1e-4 ? '~e' : '~g' },
  });
  const missing = rate.values.length - points.length;
  const text = words(rate);
  const names = (band.length > 0 ? text.series : text.series.slice(0, 1)).map((name) => legendLines(name, size));
  const color = nominal('series', names, [INK, BLUE, VERMILION]);
  const shape = nominal('series', names, [DOT, 'stroke', 'stroke']);
  const strokeDash = nominal('series', names, [SOLID, SOLID, DASHED]);
  const curve = (k: number, field: 'fit' | 'predicted') => ({
    data: { values: band.map((at) => ({ size: at.size, [field]: at[field], series: names[k]! })) },
    mark: { type: 'line', strokeWidth: 2, clip: true },
    encoding: { x, y: y(field), color, strokeDash },
  });
  const layer = [
    {
      data: { values: band },
      mark: { type: 'area', color: BLUE, opacity: 0.18, clip: true },
      encoding: { x, y: y('lower'), y2: { field: 'upper' } },
    },
    ...(band.length > 0 ? [curve(1, 'fit'), curve(2, 'predicted')] : []),
    {
      data: { values: bars.map((bar) => ({ ...bar, series: names[0] })) },
      layer: [
        { mark: { type: 'rule', strokeWidth: 1.5 }, encoding: { y: y('low'), y2: { field: 'high' } } },
        { mark: { type: 'point', filled: true, size: 180, opacity: 1 }, encoding: { y: y('value'), shape } },
      ],
      encoding: { x, color },
    },
  ];
  const subtitle = missing > 0 ? `${missing} of ${rate.values.length} values are not positive and not shown` : '';
  return chartSpec({ title: rate.title, subtitle, description: text.description }, size, { layer });
}

function checkRate(rate: RateReport): void {
  if (rate.sizes.length === 0) throw new ArgumentError('rate.sizes', rate.sizes, 'a list of at least one size');
  for (const key of ['values', 'standardErrors'] as const)
    if (rate[key].length !== rate.sizes.length)
      throw new ArgumentError(`rate.${key}.length`, rate[key].length, `${rate.sizes.length}, the number of sizes`);
  for (const [i, size] of rate.sizes.entries()) checkNumber(`rate.sizes[${i}]`, size, { above: 0 });
  checkFinite('rate.values', rate.values);
  for (const [i, error] of rate.standardErrors.entries()) checkNumber(`rate.standardErrors[${i}]`, error, { min: 0 });
}

/** What is drawn decides the domain, but a bar that reaches down to zero or a very wide band must not flatten the rest. */
function valueDomain(
  points: readonly { value: number; error: number }[],
  band: readonly { lower: number; upper: number; predicted: number }[],
): [number, number] {
  const centre = extent(points.map(({ value }) => value)) ?? [0.1, 1];
  const all =
    extent(
      [
        ...points.flatMap(({ value, error }) => [value, value - 2 * error, value + 2 * error]),
        ...band.flatMap(({ lower, upper, predicted }) => [lower, upper, predicted]),
      ].filter((value) => value > centre[0] / 4 && value < centre[1] * 4),
    ) ?? centre;
  return padLog(all);
}

/** The sizes themselves while they are few, else round numbers. */
function sizeTicks(sizes: readonly number[]): number[] {
  const distinct = [...new Set(sizes)].sort((one, other) => one - other);
  if (distinct.length <= 8) return distinct;
  return logTicks([distinct[0]!, distinct.at(-1)!], 8);
}

function words(rate: RateReport): { series: string[]; description: string } {
  const { exponent, interval, confidence } = rate.fit;
  const show = estimateFormat(interval[0], interval[1], exponent);
  const level = confidence === undefined ? '' : ` (${formatNumber(confidence * 100, 4)} %)`;
  const series = [
    'measured, ± 2 standard errors',
    `fitted slope ${show(exponent)}, interval [${show(interval[0])}, ${show(interval[1])}]${level}`,
    `predicted slope ${formatNumber(rate.predictedExponent)}`,
  ];
  const list = rate.sizes.map(
    (size, i) =>
      `${formatNumber(rate.values[i]!, 3)} ± ${formatNumber(rate.standardErrors[i]!, 2)} at ${formatNumber(size)}`,
  );
  const what = rate.valueName ?? rate.title;
  const description = `Log–log plot of ${what} against ${rate.sizeName}. ${series[1]}; ${series[2]}. Values: ${list.join(', ')}.`;
  return { series, description };
}
