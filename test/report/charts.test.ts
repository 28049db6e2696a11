import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { phaseDiagram } from '../../src/dropout/phase/index.ts';
import { fitBand } from '../../src/report/charts/fitBand.ts';
import {
  type ChartSpec,
  chartSvg,
  convergenceChart,
  lossCurveChart,
  neuronMotionChart,
  phaseDiagramChart,
} from '../../src/report/index.ts';
import type { RateReport } from '../../src/report/types.ts';
import { fixture, HOSTILE } from './fixture.ts';
import { attributes, count, nestingErrors } from './markup.ts';

const poisson = fixture.phases[1]!;
const rate = poisson.rates[0]!;
const curves = poisson.lossCurves!;
const motion = poisson.motion!;
const runs = fixture.phases.map(({ scaling }, i) => ({ ...scaling, label: String(i + 1) }));
const hostileRate: RateReport = { ...rate, title: HOSTILE, valueName: HOSTILE, sizeName: HOSTILE };
const noFit = { exponent: 0, interval: [0, 0] as const, prefactor: 0 };

const charts: Readonly<Record<string, ChartSpec>> = {
  'phase diagram': phaseDiagramChart(phaseDiagram(), runs),
  'phase diagram without runs': phaseDiagramChart(phaseDiagram()),
  'phase diagram, far window': phaseDiagramChart(
    phaseDiagram({ learningRateExponents: [-3, 0.2], keepRateExponents: [-1, 4] }),
    [{ learningRateExponent: -2, keepRateExponent: 3, label: HOSTILE }],
  ),
  convergence: convergenceChart(rate),
  'convergence, hostile names': convergenceChart(hostileRate),
  'convergence, one size': convergenceChart({
    ...rate,
    sizes: [64],
    values: [0.1],
    standardErrors: [0],
    fit: { ...noFit, prefactor: 0.1 },
  }),
  'convergence, nothing positive': convergenceChart({ ...rate, values: [-1, 0, -1, 0], fit: noFit }),
  'convergence, bars below zero': convergenceChart({ ...rate, standardErrors: rate.values.map((value) => value * 3) }),
  'loss curve': lossCurveChart(curves),
  'loss curve, log': lossCurveChart(curves, { scale: 'log' }),
  'loss curve, hostile names': lossCurveChart({ ...curves, name: HOSTILE }, { title: HOSTILE }),
  'motion by flow': neuronMotionChart(motion),
  'motion by jumps': neuronMotionChart(motion, { jumps: true }),
  'motion, hostile names': neuronMotionChart({ ...motion, coordinates: [HOSTILE, HOSTILE] }),
  'motion, one neuron at rest': neuronMotionChart({
    coordinates: ['a', 'b'],
    neurons: [{ network: [[1, 1]], limit: [[1, 1]] }],
  }),
};

describe.each(Object.entries(charts))('%s', (_, spec) => {
  const warnings: string[] = [];
  const drawn = chartSvg(spec, { onWarning: (message) => warnings.push(message) });

  it('is a JSON value that vega-lite takes without a warning', async () => {
    await drawn;
    expect(warnings).toEqual([]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  it('is well-formed, and has no NaN, script or outside address', async () => {
    const svg = await drawn;
    expect(nestingErrors(svg)).toEqual([]);
    expect(() => new Resvg(svg, { font: { loadSystemFonts: false } })).not.toThrow();
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|<image|href=/);
    // The hostile names hold an address too, but only as text.
    const addresses = svg.replace(/>[^<]*</g, '><').match(/\w+:\/\/[^"]*/g);
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink']));
  });

  it('is one image with a title and a description', async () => {
    const svg = await drawn;
    expect(count(svg, / role="/g)).toBe(1);
    const [title, text] = attributes(svg, 'aria-labelledby')[0]!.split(' ');
    expect(svg).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${text}">[^<]{40,}</desc>`));
  });

  it('uses generic fonts only', async () => {
    expect(new Set(attributes(await drawn, 'font-family'))).toEqual(new Set(['sans-serif']));
  });

  it('keeps its size', async () => {
    const svg = await drawn;
    expect(attributes(svg, 'viewBox')[0]).toBe(`0 0 ${spec.width} ${spec.height}`);
  });
});

describe('chartSvg', () => {
  it('draws the same bytes every time, also at once', async () => {
    const spec = charts.convergence!;
    const first = await chartSvg(spec);
    const others = await Promise.all([chartSvg(spec), chartSvg(charts['loss curve']!), chartSvg(spec)]);
    expect(others[0]).toBe(first);
    expect(others[2]).toBe(first);
  });

  it('gives every picture its own ids, and refers to them', async () => {
    const pictures = await Promise.all(Object.values(charts).map((spec) => chartSvg(spec)));
    const ids = pictures.flatMap((svg) => attributes(svg, 'id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const svg of pictures)
      for (const [, id] of svg.matchAll(/"url\(#([^)]*)\)"/g)) expect(attributes(svg, 'id')).toContain(id);
    expect(pictures.join('')).toContain('"url(#');
    expect(attributes(await chartSvg(charts.convergence!, { idPrefix: 'mine-' }), 'id').join()).toMatch(
      /^(mine-\w+,?)+$/,
    );
  });

  it('leaves the specification as it was', async () => {
    const spec = lossCurveChart(curves);
    await chartSvg(spec);
    expect(spec).toEqual(lossCurveChart(curves));
  });

  it('tells what vega-lite leaves out', async () => {
    const heard: string[] = [];
    const spec = {
      ...charts.convergence!,
      layer: [{ data: { values: [{}] }, mark: 'bar', encoding: { shape: { value: 'x' } } }],
    };
    await chartSvg(spec, { onWarning: (message) => heard.push(message) });
    expect(heard.join()).toContain('vega-lite: shape dropped');
  });
});

describe('convergenceChart', () => {
  it('draws a dot and a bar per value, the fit, the guide and the band', async () => {
    const svg = await chartSvg(charts.convergence!);
    // One dot more in the legend, and two strokes for the lines beside it.
    expect(count(svg, /<path[^>]*fill="#222222"/g)).toBe(rate.values.length + 1);
    expect(count(svg, /<line[^>]*stroke="#222222"/g)).toBe(rate.values.length);
    expect(count(svg, /<path[^>]*fill="#0072b2"[^>]* opacity="0.18"/g)).toBe(1);
    expect(count(svg, /<path[^>]*stroke="#d55e00"[^>]*stroke-dasharray/g)).toBeGreaterThan(0);
  });

  it('says how many values it leaves out', () => {
    const spec = convergenceChart({ ...rate, values: [0.1, -0.1, 0.05, 0] });
    expect(spec.title.subtitle).toEqual(['2 of 4 values are not positive and not shown']);
  });

  it.each([
    [{ values: [1] }, 'rate.values.length must be 4, the number of sizes, got 1'],
    [{ sizes: [0, 1, 2, 3] }, 'rate.sizes[0] must be a finite number in (0, inf), got 0'],
    [{ values: [1, Number.NaN, 1, 1] }, 'rate.values[1] must be a finite number, got NaN'],
    [{ standardErrors: [1, 1, -1, 1] }, 'rate.standardErrors[2] must be a finite number in [0, inf), got -1'],
    [
      { sizes: [], values: [], standardErrors: [] },
      'rate.sizes must be a list of at least one size, got array of length 0',
    ],
  ])('refuses %j', (change, message) => {
    expect(() => convergenceChart({ ...rate, ...change })).toThrow(message);
  });

  // Weighted least squares of log value on log size, weights (value/error)², 99 % band with normal quantiles: numpy and scipy.
  it('has the band of the weighted least-squares line', () => {
    const fitted: RateReport = {
      ...rate,
      values: [0.061, 0.031, 0.0148, 0.0079],
      standardErrors: [0.0012, 0.0009, 0.0007, 0.0006],
      fit: {
        exponent: -0.49908311608406,
        interval: [-0.5330375860044752, -0.46512864616364474],
        prefactor: 0.48711125326369736,
      },
    };
    // Of seven equal steps from 64 to 4096 in log scale, 512 is the middle one.
    const band = fitBand(fitted, [64, 4096], 7);
    const reference = [
      [0.05826654584094, 0.06411640939782179],
      [0.02043574321944346, 0.0229384516536231],
      [0.006803387093313389, 0.008645605709677411],
    ];
    for (const [k, [lower, upper]] of reference.entries()) {
      expect(band[3 * k]!.lower).toBeCloseTo(lower!, 12);
      expect(band[3 * k]!.upper).toBeCloseTo(upper!, 12);
    }
  });
});

describe('lossCurveChart', () => {
  it('takes a log scale when losses span a factor of 30', () => {
    const shrink = (values: readonly number[]) => values.map((value, i) => value * Math.exp(-i / 8));
    const { median, lower, upper } = curves.network;
    const network = { ...curves.network, median: shrink(median), lower: shrink(lower), upper: shrink(upper) };
    expect(JSON.stringify(lossCurveChart({ ...curves, network }))).toContain('"type":"log"');
    expect(JSON.stringify(lossCurveChart(curves))).not.toContain('"type":"log"');
  });

  it('refuses curves of different lengths', () => {
    expect(() => lossCurveChart({ ...curves, limit: [1, 2] })).toThrow(
      'limit.length must be 41, the number of times, got 2',
    );
  });
});

describe('neuronMotionChart', () => {
  it('draws a path per neuron and kind, and a dot per jump', async () => {
    const jumps = ({ network }: (typeof motion.neurons)[number]) =>
      network.filter(([x, y], i) => i > 0 && (x !== network[i - 1]![0] || y !== network[i - 1]![1])).length;
    const svg = await chartSvg(charts['motion by jumps']!);
    const total = motion.neurons.reduce((sum, neuron) => sum + jumps(neuron), 0);
    expect(count(svg, /<path[^>]*fill="#[^"]*"[^>]*opacity="1"/g)).toBeGreaterThanOrEqual(total);
    const values = JSON.parse(JSON.stringify(charts['motion by jumps']!.layer)) as { data: { values: unknown[] } }[];
    expect(values.map(({ data }) => data.values.length)).toEqual([2 * total + 10, total, total, 5]);
    expect(count(svg, /stroke-dasharray="4,4"/g)).toBe(motion.neurons.length + 1);
  });

  it('refuses no neurons, and states that are not finite', () => {
    expect(() => neuronMotionChart({ ...motion, neurons: [] })).toThrow(
      'neurons must be a list of at least one neuron',
    );
    const bad = {
      coordinates: ['a', 'b'] as const,
      neurons: [{ network: [[0, Number.NaN] as const], limit: [[0, 0] as const] }],
    };
    expect(() => neuronMotionChart(bad)).toThrow('neurons[0].network[0][1] must be a finite number, got NaN');
  });
});

describe('phaseDiagramChart', () => {
  it('names the phases and regimes, and places the runs', async () => {
    const svg = await chartSvg(charts['phase diagram']!);
    const texts = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text!.replace(/<[^>]*>/g, ''));
    for (const name of ['Gradient flow', 'Poisson jumps', 'Bernoulli jumps', 'Penalized flow', 'Penalized jumps'])
      expect(texts).toContain(name);
    for (const name of ['exploding jumps', 'starved', 'exploding jumps + starved']) expect(texts).toContain(name);
    for (const { label } of runs) expect(texts).toContain(label);
  });

  it('joins runs at one place', () => {
    const [first] = runs;
    const spec = phaseDiagramChart(phaseDiagram(), [first!, { ...first!, label: '7' }]);
    expect(JSON.stringify(spec)).toContain('"label":"1,7"');
  });

  it('refuses a run outside its window', () => {
    const outside = { learningRateExponent: 9, keepRateExponent: 0, label: 'x' };
    expect(() => phaseDiagramChart(phaseDiagram(), [outside])).toThrow(
      'runs[0].learningRateExponent must be a finite number in [-0.5, 2], got 9',
    );
  });
});

it('keeps the specification of a small chart', () => {
  const { config, ...spec } = lossCurveChart({
    times: [0, 1],
    network: { width: 2, median: [1, 0.5], lower: [0.9, 0.4], upper: [1.1, 0.6] },
    limit: [1, 0.4],
  });
  expect(config).toHaveProperty('font', 'sans-serif');
  expect(spec).toMatchSnapshot();
});
