import { checkNumber } from '../../base/check.ts';
import type { PhaseDiagram, PhaseDiagramPart } from '../../dropout/phase/index.ts';
import { formatNumber } from '../text/numbers.ts';
import { INK } from './palette.ts';
import { labelLayers } from './phaseLabels.ts';
import { partColor, partNames } from './phaseParts.ts';
import { type ChartSize, type ChartSpec, chartSpec, quantity } from './spec.ts';
import { estimateTextSize } from './textSize.ts';

/** A sequence of networks with τ ~ n^(−learningRateExponent) and q ~ n^(−keepRateExponent). */
export interface DiagramRun {
  readonly learningRateExponent: number;
  readonly keepRateExponent: number;
  /** A character or two, written into the run's dot. Runs at one place share a dot. */
  readonly label: string;
}

export interface PhaseDiagramChartOptions extends ChartSize {
  readonly title?: string;
}

/**
 * The phases and degenerate regimes in the plane of exponents (docs/theory.md section 2.7), with runs placed in it; 480 by 410 pixels
 * unless told. A run outside the diagram's window is an error: ask `phaseDiagram` for a larger one.
 */
export function phaseDiagramChart(
  diagram: PhaseDiagram,
  runs: readonly DiagramRun[] = [],
  options: PhaseDiagramChartOptions = {},
): ChartSpec {
  const { learningRateExponents: as, keepRateExponents: bs } = diagram;
  for (const [i, run] of runs.entries()) {
    checkNumber(`runs[${i}].learningRateExponent`, run.learningRateExponent, { min: as[0], max: as[1] });
    checkNumber(`runs[${i}].keepRateExponent`, run.keepRateExponent, { min: bs[0], max: bs[1] });
  }
  const size = { width: options.width ?? 480, height: options.height ?? 410 };
  const x = axis('a', as, 'a, exponent of the learning rate: τ = τ₀ n⁻ᵃ');
  const y = axis('b', bs, 'b, exponent of the keep rate: q = q₀ n⁻ᵇ');
  // What axes and title leave for the plane itself, about.
  const scale = [(size.width - 70) / (as[1] - as[0]), (size.height - 100) / (bs[1] - bs[0])] as const;
  const dots = shared(runs);
  const layer = [
    ...diagram.parts.map((part) => partLayer(part, x, y)),
    ...labelLayers(diagram, scale, dots),
    {
      data: { values: dots },
      layer: [
        {
          mark: { type: 'point', shape: 'circle', filled: true, color: INK, opacity: 1 },
          encoding: { size: { field: 'area', type: 'quantitative', scale: null, legend: null } },
        },
        {
          mark: { type: 'text', color: 'white', fontWeight: 'bold', fontSize: 12 },
          encoding: { text: { field: 'label' } },
        },
      ],
      encoding: { x, y },
    },
  ];
  const title = options.title ?? 'Phases of dropout training as the width n grows';
  return chartSpec({ title, description: describe(diagram, dots, title) }, size, { layer });
}

/** Off the plane by the radius of a dot that stands on its edge. */
function axis(field: string, domain: readonly [number, number], title: string): object {
  const ticks = { grid: false, domain: false, tickCount: 6, format: '~g', offset: 12 };
  return { ...quantity(field), title, scale: { domain, nice: false, zero: false }, axis: ticks };
}

function partLayer(part: PhaseDiagramPart, x: object, y: object): object {
  const color = partColor(part);
  const mark = {
    region: { type: 'line', interpolate: 'linear-closed', fill: color, stroke: 'white', strokeWidth: 1 },
    line: { type: 'line', stroke: color, strokeWidth: 6 },
    point: { type: 'point', shape: 'circle', filled: true, size: 620, color, opacity: 1 },
  }[part.kind];
  const order = part.kind === 'point' ? {} : { order: quantity('k') };
  return { data: { values: part.vertices.map(([a, b], k) => ({ a, b, k })) }, mark, encoding: { x, y, ...order } };
}

/** A place in the plane with runs, and the pixels that its dot covers. */
interface Dot {
  readonly a: number;
  readonly b: number;
  readonly label: string;
  readonly area: number;
}

function shared(runs: readonly DiagramRun[]): Dot[] {
  const labels = new Map<string, DiagramRun>();
  for (const run of runs) {
    const place = `${run.learningRateExponent} ${run.keepRateExponent}`;
    const there = labels.get(place);
    labels.set(place, there ? { ...there, label: `${there.label},${run.label}` } : run);
  }
  return [...labels.values()].map(({ learningRateExponent: a, keepRateExponent: b, label }) => {
    const radius = Math.max(9, estimateTextSize({ fontSize: 12, fontWeight: 'bold' }, label) / 2 + 3);
    return { a, b, label, area: Math.round(Math.PI * radius * radius) };
  });
}

function describe(diagram: PhaseDiagram, dots: readonly Dot[], title: string): string {
  const parts = diagram.parts.map((part) => `${partNames(part).join(' and ')}: ${part.condition}`);
  const placed = dots.map(({ a, b, label }) => `run ${label} at a = ${formatNumber(a)}, b = ${formatNumber(b)}`);
  return `${title}. ${[...parts, ...placed].join('; ')}.`;
}
