import { PHASE_IDS, type PhaseId } from '../../src/dropout/index.ts';
import { extent, logTicks, padLinear, padLog } from '../../src/report/charts/axes.ts';
import { BLUE, GREEN, INK, PURPLE, VERMILION } from '../../src/report/charts/palette.ts';
import { type ChartSpec, chartSpec, quantity } from '../../src/report/charts/spec.ts';
import { ERROR_NAMES, type ErrorName, type ErrorResult, type ExperimentResult, type Results } from './results.ts';
import { TASKS, type TaskName } from './tasks.ts';
import { fractionText, taskTitle } from './words.ts';

/** A colour for each task; squares stand for the logistic loss. */
const COLOURS = [BLUE, GREEN, VERMILION, PURPLE];
const SHAPES = ['circle', 'square', 'circle', 'square'];
const NAMES = TASKS.map(taskTitle);
const TITLES: Readonly<Record<ErrorName, string>> = { path: 'path error', fluctuation: 'fluctuation', bias: 'bias' };

const COLOUR = { field: 'task', type: 'nominal', scale: { domain: NAMES, range: COLOURS } };
const SHAPE = { field: 'task', type: 'nominal', scale: { domain: NAMES, range: SHAPES } };
const LEGEND = { legend: { title: null, orient: 'bottom', direction: 'horizontal', columns: 4, symbolSize: 90 } };

/** The pictures of the page, by file name. */
export function pictures(results: Results): Readonly<Record<string, ChartSpec>> {
  const phases = PHASE_IDS.filter((id) => results.experiments.some(({ phase }) => phase.id === id));
  return {
    'exponents.svg': exponentsPicture(results, phases),
    ...Object.fromEntries(phases.map((id) => [`${id}.svg`, phasePicture(results, id)])),
  };
}

/** The three errors of a phase against the width, with the fitted power laws, and the predicted slopes through their middles. */
function phasePicture(results: Results, id: PhaseId): ChartSpec {
  const mine = results.experiments.filter(({ phase }) => phase.id === id);
  return sideBySide(
    `${id}: errors against the width`,
    'Points: measured, ± 2 standard errors. Solid lines: fitted power laws. Dashed lines: the predicted slope.',
    ERROR_NAMES.map((error) => errorPanel(mine, error)),
  );
}

function errorPanel(experiments: readonly ExperimentResult[], error: ErrorName): object {
  const series = experiments.map(({ task, errors }) => ({
    task,
    result: errors.find((each) => each.error === error)!,
  }));
  const points = series.flatMap(({ task, result }) => pointsOf(task, result));
  const widths = series.flatMap(({ result }) => result.widths);
  const values = padLog(
    extent(points.flatMap(({ value, low, high }) => [value, Math.max(low, value / 2), Math.min(high, 2 * value)])) ?? [
      0.1, 1,
    ],
  );
  const [first, last] = extent(widths)!;
  const x = {
    ...quantity('width'),
    title: 'width n',
    scale: { type: 'log', domain: padLog([first, last], 0.05), nice: false },
    axis: { values: ticks(first, last), format: '~r', labelAngle: 0 },
  };
  const y = (field: string) => ({
    ...quantity(field),
    title: null,
    scale: { type: 'log', domain: values, nice: false },
    axis: { values: logTicks(values, 7), format: '~g' },
  });
  const line = (field: 'fit' | 'predicted', strokeDash: readonly number[]) => ({
    data: { values: series.flatMap(({ task, result }) => linesOf(task, result)) },
    mark: { type: 'line', strokeWidth: 1.6, strokeDash, clip: true },
    encoding: { x, y: y(field), color: { ...COLOUR, ...LEGEND } },
  });
  const shown = points.map((point) => ({
    ...point,
    low: Math.max(point.low, values[0]),
    high: Math.min(point.high, values[1]),
  }));
  const exponent = fractionText(series[0]!.result.predicted);
  return {
    width: 250,
    height: 270,
    title: {
      text: `${TITLES[error]}: predicted slope ${exponent}`,
      fontSize: 12.5,
      fontWeight: 400,
      anchor: 'middle',
      offset: 6,
    },
    layer: [
      line('predicted', [5, 4]),
      line('fit', [1, 0]),
      {
        data: { values: shown },
        layer: [
          { mark: { type: 'rule', strokeWidth: 1.3, clip: true }, encoding: { y: y('low'), y2: { field: 'high' } } },
          {
            mark: { type: 'point', filled: true, size: 42, opacity: 1, clip: true },
            encoding: { y: y('value'), shape: { ...SHAPE, ...LEGEND } },
          },
        ],
        encoding: { x, color: { ...COLOUR, ...LEGEND } },
      },
    ],
  };
}

function pointsOf(task: TaskName, { widths, values, standardErrors }: ErrorResult) {
  return widths
    .map((width, i) => {
      const value = values[i]!;
      const error = 2 * standardErrors[i]!;
      return { task: taskTitle(task), width, value, low: value - error, high: value + error };
    })
    .filter(({ value }) => value > 0);
}

/** The ends of the fitted line, and of the line of the predicted slope through its middle. */
function linesOf(task: TaskName, { widths, fit, predicted }: ErrorResult) {
  if (fit === undefined) return [];
  const middle = Math.sqrt(widths[0]! * widths.at(-1)!);
  const at = fit.prefactor * middle ** fit.exponent;
  return [widths[0]!, widths.at(-1)!].map((width) => ({
    task: taskTitle(task),
    width,
    fit: fit.prefactor * width ** fit.exponent,
    predicted: at * (width / middle) ** predicted,
  }));
}

/** All measured exponents with their intervals, on the predicted ones and their margins. */
function exponentsPicture(results: Results, phases: readonly PhaseId[]): ChartSpec {
  return sideBySide(
    'Exponents of the width, measured and predicted',
    'Bars: 95 % intervals. Black ticks: the exponent of the ruling term. Grey: the margin. Rings: the leading exponent with a second term.',
    ERROR_NAMES.map((error, column) => exponentPanel(results, phases, error, column === 0)),
  );
}

function exponentPanel(results: Results, phases: readonly PhaseId[], error: ErrorName, labelled: boolean): object {
  const rows = phases.flatMap((id) =>
    results.experiments
      .filter(({ phase }) => phase.id === id)
      .map(({ task, errors }) => ({ id, task, result: errors.find((each) => each.error === error)! })),
  );
  // Around the margins, with room for what lies outside, but not for what is far off.
  const ends = rows.flatMap(({ result: { predicted, margin, fit } }) => {
    const [low, high] = [predicted - margin, predicted + margin];
    const outside = fit ? [Math.max(low - 0.25, fit.interval[0]), Math.min(high + 0.25, fit.interval[1])] : [];
    return [low, high, ...outside];
  });
  const domain = padLinear(extent(ends)!, 0.05);
  const clip = (v: number) => Math.min(domain[1], Math.max(domain[0], v));
  const values = rows.map(({ id, task, result: { fit, predicted, margin, leading, verdict } }) => ({
    row: `${id}, ${taskTitle(task)}`,
    task: taskTitle(task),
    predicted,
    from: predicted - margin,
    to: predicted + margin,
    ...(fit && { exponent: clip(fit.exponent), low: clip(fit.interval[0]), high: clip(fit.interval[1]) }),
    ...(verdict === 'with second term' && { leading: clip(leading!.exponent) }),
  }));
  const y = {
    field: 'row',
    type: 'nominal',
    sort: null,
    title: null,
    scale: { padding: 0 },
    axis: labelled ? { labelLimit: 300, ticks: false, domain: false, labelFontSize: 11 } : null,
  };
  const x = (field: string) => ({
    ...quantity(field),
    title: null,
    scale: { domain, nice: false, zero: false },
    axis: { tickCount: 4, format: '~g' },
  });
  const color = { ...COLOUR, ...LEGEND };
  return {
    width: 190,
    height: 18 * rows.length,
    title: { text: TITLES[error], fontSize: 12.5, fontWeight: 400, anchor: 'middle', offset: 6 },
    data: { values },
    layer: [
      { mark: { type: 'bar', color: '#e9e9e9', height: { band: 1 } }, encoding: { x: x('from'), x2: { field: 'to' } } },
      { mark: { type: 'tick', color: INK, thickness: 1.5, size: 15 }, encoding: { x: x('predicted') } },
      { mark: { type: 'rule', strokeWidth: 2 }, encoding: { x: x('low'), x2: { field: 'high' }, color } },
      {
        mark: { type: 'point', filled: true, size: 45, opacity: 1 },
        encoding: { x: x('exponent'), color, shape: { ...SHAPE, ...LEGEND } },
      },
      { mark: { type: 'point', filled: false, size: 95, strokeWidth: 1.3 }, encoding: { x: x('leading'), color } },
    ],
    encoding: { y },
  };
}

/** Panels in a row under one heading, with one legend. */
function sideBySide(title: string, subtitle: string, panels: readonly object[]): ChartSpec {
  const description = `${title}. ${subtitle} The numbers are in the tables of the page.`;
  const {
    width: _w,
    height: _h,
    autosize: _a,
    ...frame
  } = chartSpec({ title, subtitle, description }, { width: 950 }, {});
  return {
    ...frame,
    hconcat: panels,
    spacing: 18,
    resolve: { scale: { x: 'independent', y: 'independent' } },
  } as unknown as ChartSpec;
}

/** Powers of two, at most six of them. */
function ticks(first: number, last: number): number[] {
  const all: number[] = [];
  for (let e = Math.ceil(Math.log2(first)); 2 ** e <= last; e++) all.push(2 ** e);
  const every = Math.ceil(all.length / 5);
  return all.filter((_, i) => i % every === 0);
}
