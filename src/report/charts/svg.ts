import type { LoggerInterface } from 'vega';
import { printable } from '../text/clean.ts';
import { escapeMarkup } from '../text/escape.ts';
import { fnv1a } from '../text/hash.ts';
import type { ChartSpec } from './spec.ts';
import { withTextSizes } from './textSize.ts';
import { loadVega } from './vega.ts';

export interface SvgOptions {
  /** Put before every `id` of the picture, so that several can stand in one page. Default: made from the specification. */
  readonly idPrefix?: string;
  /** Told what vega-lite leaves out of the chart; `console.warn` by default. Our own charts give no warnings. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Draws a chart as a stand-alone SVG document: one image to assistive technology, with the chart's title and description.
 * Needs the optional packages vega and vega-lite.
 *
 * @throws MissingPackageError if they are not installed
 */
export async function chartSvg(spec: ChartSpec, options: SvgOptions = {}): Promise<string> {
  const { vega, vegaLite } = await loadVega();
  // A copy, because vega marks the rows of the data it is given.
  const copy = structuredClone(spec) as unknown as Parameters<typeof vegaLite.compile>[0];
  const compiled = vegaLite.compile(copy, {
    logger: logger(options.onWarning ?? console.warn),
  });
  const svg = await withTextSizes(vega, async () => {
    const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logLevel: vega.Error });
    try {
      return await view.toSVG();
    } finally {
      view.finalize();
    }
  });
  const prefix = options.idPrefix ?? `chart-${fnv1a(JSON.stringify(spec))}-`;
  return describeImage(tidy(printable(svg), prefix), spec, prefix);
}

/** vega-lite goes on when a specification asks for what it can't do, and says what it left out. */
function logger(warn: (message: string) => void) {
  const tell = (...messages: readonly unknown[]) => {
    warn(`vega-lite: ${messages.join(' ')}`);
    return log;
  };
  const log = { level: () => log, error: tell, warn: tell, info: () => log, debug: () => log };
  return log as unknown as LoggerInterface;
}

/**
 * Rounds coordinates to a hundredth of a pixel, renames ids, and leaves out what is for scripts: vega writes all digits, counts its
 * ids over the whole process, and describes each part, where here the whole picture has one description.
 */
function tidy(svg: string, prefix: string): string {
  const ids = new Map<string, string>();
  const rename = (id: string) => {
    if (!ids.has(id)) ids.set(id, `${prefix}${ids.size + 1}`);
    return ids.get(id)!;
  };
  // Only inside tags: a text may well hold what looks like an attribute.
  return svg.replace(/<[a-z][^>]*>/g, (tag) =>
    tag
      .replace(/ (?:role|aria-[a-z]+|class)="[^"]*"/g, '')
      .replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100))
      .replace(/ id="([^"]*)"/g, (_, id: string) => ` id="${rename(id)}"`)
      .replace(/url\(#([^)]*)\)/g, (_, id: string) => `url(#${rename(id)})`),
  );
}

function describeImage(svg: string, spec: ChartSpec, prefix: string): string {
  const open = svg.indexOf('<svg');
  const end = svg.indexOf('>', open);
  const title = `<title id="${prefix}title">${escapeMarkup(spec.title.text.join(' '))}</title>`;
  const text = `<desc id="${prefix}desc">${escapeMarkup(spec.description)}</desc>`;
  const role = ` role="img" aria-labelledby="${prefix}title ${prefix}desc"`;
  return `${svg.slice(open, end)}${role}>${title}${text}${svg.slice(end + 1)}`;
}
