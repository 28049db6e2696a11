import { checkFinite } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { NeuronMotion } from '../types.ts';
import { extent, padLinear } from './axes.ts';
import { CATEGORIES } from './palette.ts';
import { axisTitle, type ChartSize, type ChartSpec, chartSpec, legendLines, nominal, quantity, SOLID } from './spec.ts';

export interface NeuronMotionOptions extends ChartSize {
  readonly title?: string;
  /** Whether neurons move by jumps: then the states between them are dots, joined by thin lines. Default false. */
  readonly jumps?: boolean;
}

type Path = NeuronMotion['neurons'][number]['network'];

/** Paths of a few neurons in two of their coordinates: of a finite network, and of the limit neurons coupled to them. */
export function neuronMotionChart(motion: NeuronMotion, given: NeuronMotionOptions = {}): ChartSpec {
  const options = { height: 400, ...given };
  checkMotion(motion);
  const jumps = options.jumps ?? false;
  const width = motion.width === undefined ? '' : ` of width ${motion.width}`;
  const names = [`neurons of the network${width}`, 'the limit neurons coupled to them'].map((name) =>
    legendLines(name, options),
  ) as [string, string];
  const rows = motion.neurons.flatMap(({ network, limit }, neuron) => [
    ...states(network, neuron, names[0]),
    ...states(limit, neuron, names[1]),
  ]);
  const axis = (field: 'x' | 'y', name: string) => ({
    ...quantity(field),
    title: axisTitle(name, field, options),
    scale: { domain: padLinear(extent(rows.map((row) => row[field])) ?? [0, 1]), nice: false, zero: false },
    axis: { tickCount: 6, format: '~g' },
  });
  const x = axis('x', motion.coordinates[0]);
  const y = axis('y', motion.coordinates[1]);
  const colors = motion.neurons.map((_, i) => CATEGORIES[i % CATEGORIES.length]!);
  const color = { ...nominal('neuron', [...colors.keys()], colors), legend: null };
  const strokeDash = nominal('of', names, [SOLID, [4, 4]]);
  const layer: object[] = [
    {
      data: { values: rows },
      mark: { type: 'line', strokeWidth: jumps ? 1 : 2, strokeCap: 'butt' },
      encoding: { x, y, color, strokeDash, detail: { field: 'of' }, order: quantity('k') },
    },
  ];
  if (jumps) {
    // Rings first and larger, so that the dots stay visible within them.
    layer.push(stops(rows, names[1], { filled: false, size: 55, strokeWidth: 1.2 }, { x, y, color }));
    layer.push(stops(rows, names[0], { filled: true, size: 20 }, { x, y, color }));
  }
  layer.push({
    data: { values: rows.filter(({ k, of }) => k === 0 && of === names[0]) },
    mark: { type: 'point', shape: 'square', size: 70, filled: true, opacity: 1, stroke: 'black', strokeWidth: 1 },
    encoding: { x, y, color },
  });
  const title = options.title ?? 'Motion of single neurons';
  const subtitle = jumps
    ? 'squares: start; small dots: states of the network’s neurons between jumps; rings: of the limit neurons'
    : 'squares: start';
  const description = `${title}: ${motion.neurons.length} neurons in the plane of ${motion.coordinates.join(' and ')}, ${names[0]} as solid lines and ${names[1]} as dashed lines, from the same start.`;
  return chartSpec({ title, subtitle, description }, options, { layer });
}

/** Where the neurons of one kind stood after each jump. */
function stops(rows: readonly State[], of: string, mark: object, encoding: object): object {
  const values = rows.filter((row) => row.k > 0 && row.of === of);
  return { data: { values }, mark: { type: 'point', shape: 'circle', opacity: 1, ...mark }, encoding };
}

interface State {
  readonly x: number;
  readonly y: number;
  readonly k: number;
  readonly neuron: number;
  readonly of: string;
}

/** The distinct successive states of a path: a neuron that jumps rests most of the time. */
function states(path: Path, neuron: number, of: string): State[] {
  const moved = path.filter(([x, y], i) => i === 0 || x !== path[i - 1]![0] || y !== path[i - 1]![1]);
  return moved.map(([x, y], k) => ({ x, y, k, neuron, of }));
}

function checkMotion({ neurons }: NeuronMotion): void {
  if (neurons.length === 0) throw new ArgumentError('neurons', neurons, 'a list of at least one neuron');
  for (const [i, neuron] of neurons.entries())
    for (const key of ['network', 'limit'] as const) {
      if (neuron[key].length === 0)
        throw new ArgumentError(`neurons[${i}].${key}`, neuron[key], 'a path of at least one state');
      for (const [k, state] of neuron[key].entries()) checkFinite(`neurons[${i}].${key}[${k}]`, state);
    }
}
