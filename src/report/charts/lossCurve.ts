import { checkFinite } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { formatNumber } from '../text/numbers.ts';
import type { LossCurves } from '../types.ts';
import { extent, logTicks, padLinear, padLog } from './axes.ts';
import { BLUE, VERMILION } from './palette.ts';
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

export interface LossCurveOptions extends ChartSize {
  readonly title?: string;
  /** `auto` (the default) takes the log scale when all values are positive and span a factor of 30. */
  readonly scale?: 'auto' | 'linear' | 'log';
}

/** Loss of finite networks (median and band over replicates) and of their limit against mean-field time. */
export function lossCurveChart(curves: LossCurves, given: LossCurveOptions = {}): ChartSpec {
  const options = { height: 320, ...given };
  checkCurves(curves);
  const { times, network, limit } = curves;
  const range = extent([...network.lower, ...network.upper, ...network.median, ...limit])!;
  const log = options.scale === 'log' || (options.scale !== 'linear' && range[0] > 0 && range[1] > 30 * range[0]);
  if (log && !(range[0] > 0)) throw new ArgumentError('scale', 'log', 'linear or auto where a loss is not positive');
  const domain = log ? padLog(range) : range[0] >= 0 ? [0, range[1] * 1.05] : padLinear(range);
  const x = {
    ...quantity('time'),
    title: 'mean-field time t',
    scale: { domain: extent(times), nice: false },
    axis: { tickCount: 6, format: '~g' },
  };
  const y = (field: string) => ({
    ...quantity(field),
    title: axisTitle(curves.name ?? 'loss', 'y', options),
    scale: { type: log ? 'log' : 'linear', domain, nice: false },
    axis: {
      format: log && domain[0]! < 1e-4 ? '~e' : '~g',
      ...(log ? { values: logTicks(domain as [number, number]) } : { tickCount: 6 }),
    },
  });
  const names = seriesNames(network, options);
  const curve = (k: number, values: readonly number[]) => ({
    data: { values: times.map((time, i) => ({ time, loss: values[i]!, series: names[k]! })) },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x,
      y: y('loss'),
      color: nominal('series', names, [BLUE, VERMILION]),
      strokeDash: nominal('series', names, [SOLID, DASHED]),
    },
  });
  const layer = [
    {
      data: { values: times.map((time, i) => ({ time, lower: network.lower[i]!, upper: network.upper[i]! })) },
      mark: { type: 'area', color: BLUE, opacity: 0.2 },
      encoding: { x, y: y('lower'), y2: { field: 'upper' } },
    },
    curve(0, network.median),
    curve(1, limit),
  ];
  const title = options.title ?? 'Loss of dropout and of its limit';
  const description =
    `${title}: ${curves.name ?? 'loss'} against mean-field time, from ${formatNumber(times[0]!, 3)} to ` +
    `${formatNumber(times.at(-1)!, 3)}. ${names[0]}: from ${formatNumber(network.median[0]!, 3)} to ` +
    `${formatNumber(network.median.at(-1)!, 3)}. Limit: from ${formatNumber(limit[0]!, 3)} to ${formatNumber(limit.at(-1)!, 3)}.`;
  return chartSpec({ title, description }, options, { layer });
}

function checkCurves({ times, network, limit }: LossCurves): void {
  if (times.length === 0) throw new ArgumentError('times', times, 'a list of at least one time');
  checkFinite('times', times);
  const { median, lower, upper } = network;
  for (const [name, values] of Object.entries({ median, lower, upper, limit })) {
    if (values.length !== times.length)
      throw new ArgumentError(`${name}.length`, values.length, `${times.length}, the number of times`);
    checkFinite(name, values);
  }
}

function seriesNames({ width, replicates, coverage }: LossCurves['network'], size: ChartSize): [string, string] {
  const band = coverage === undefined ? '' : ` and middle ${formatNumber(coverage * 100, 3)} %`;
  const runs = replicates === undefined ? '' : ` of ${replicates} runs`;
  return [legendLines(`dropout, width ${width}: median${band}${runs}`, size), 'limit'];
}
