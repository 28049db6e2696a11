import { oneLine } from '../text/clean.ts';
import { clampText } from '../text/wrap.ts';
import { FONT, INK, PALE_INK } from './palette.ts';

/** A vega-lite 6 specification: a plain JSON value that any vega-lite tool opens. */
export interface ChartSpec {
  readonly $schema: string;
  /** The chart in words, for readers who don't see it. */
  readonly description: string;
  readonly title: { readonly text: readonly string[] } & Readonly<Record<string, unknown>>;
  readonly width: number;
  readonly height: number;
  readonly [key: string]: unknown;
}

const DEFAULT_WIDTH = 460;
const DEFAULT_HEIGHT = 360;

/** Size of a chart with its axes and titles, in pixels. */
export interface ChartSize {
  /** Default 460, unless a chart says otherwise; that stays legible on a phone. */
  readonly width?: number;
  /** Default 360, unless a chart says otherwise. */
  readonly height?: number;
}

interface Heading {
  readonly title: string;
  readonly subtitle?: string;
  readonly description: string;
}

/** Layers with the heading, size and configuration that all charts share. */
export function chartSpec(heading: Heading, size: ChartSize, body: Readonly<Record<string, unknown>>): ChartSpec {
  const width = size.width ?? DEFAULT_WIDTH;
  const height = size.height ?? DEFAULT_HEIGHT;
  const subtitle = heading.subtitle ? clampText(heading.subtitle, Math.floor(width / 6.6), 3) : [];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: oneLine(heading.description),
    title: { text: clampText(heading.title, Math.floor(width / 8), 2), ...(subtitle.length > 0 ? { subtitle } : {}) },
    width,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    ...body,
    config: CONFIG,
  };
}

/** A quantitative field. */
export function quantity(field: string): { readonly field: string; readonly type: 'quantitative' } {
  return { field, type: 'quantitative' };
}

export const SOLID: readonly number[] = [1, 0];
export const DASHED: readonly number[] = [6, 4];

/** A field without an order, and what each of its values looks like. Line ends in its values break the lines of the legend. */
export function nominal(field: string, domain: readonly unknown[], range: readonly unknown[]): object {
  return { field, type: 'nominal', scale: { domain, range }, legend: { labelExpr: "split(datum.label, '\\n')" } };
}

/** A legend entry on as many lines as it needs in a chart of this size. */
export function legendLines(text: string, size: ChartSize): string {
  return clampText(text, Math.floor(((size.width ?? DEFAULT_WIDTH) - 75) / 6.8), 3).join('\n');
}

/** The title of an axis, on as many lines as keep it within the plot: one that is longer would move the chart's own title. */
export function axisTitle(text: string, axis: 'x' | 'y', size: ChartSize): string[] {
  const pixels = axis === 'x' ? (size.width ?? DEFAULT_WIDTH) - 75 : (size.height ?? DEFAULT_HEIGHT) - 185;
  return clampText(text, Math.max(8, Math.floor(pixels / 7.5)), axis === 'x' ? 2 : 3);
}

// The marks themselves carry no ARIA labels: the picture is one image with a title and a description.
const CONFIG = {
  aria: false,
  background: 'white',
  font: FONT,
  padding: { left: 4, right: 6, top: 4, bottom: 8 },
  title: {
    anchor: 'start',
    color: INK,
    fontSize: 14,
    fontWeight: 600,
    offset: 10,
    subtitleColor: PALE_INK,
    subtitleFontSize: 12,
    subtitlePadding: 4,
  },
  axis: {
    labelColor: INK,
    labelFontSize: 12,
    titleColor: INK,
    titleFontSize: 12.5,
    titleFontWeight: 400,
    gridColor: '#e4e4e4',
    domainColor: '#777777',
    tickColor: '#777777',
    labelOverlap: 'greedy',
  },
  legend: {
    orient: 'bottom',
    direction: 'vertical',
    columns: 1,
    symbolStrokeWidth: 2,
    title: null,
    labelFontSize: 12,
    labelColor: INK,
    labelLimit: 0,
    symbolSize: 160,
    offset: 6,
  },
  view: { stroke: '#bbbbbb' },
};
