import { textWidth } from '../text/wrap.ts';
import type { VegaPackages } from './vega.ts';

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

type Metrics = { width: (item: TextItem, text: unknown) => number };

/**
 * Pixels that a text takes in a wide sans-serif face (DejaVu Sans; most others take less), by kind of letter. Without a canvas
 * vega takes every letter for a wide one, and leaves half of a picture empty; with one it would depend on the machine's fonts.
 */
export function estimateTextSize(item: TextItem, text: unknown): number {
  const bold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600;
  let ems = 0;
  for (const character of text == null ? '' : String(text).trim())
    ems += (LETTERS.find(([letters]) => letters.test(character))?.[1] ?? 0.63) * textWidth(character);
  return Math.ceil(ems * (item.fontSize ?? 11) * (bold ? 1.1 : 1));
}

const LETTERS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!]/, 0.33],
  [/[ ftr()[\]/-]/, 0.4],
  [/[mwMW—]/, 0.95],
  [/[A-Z±=−+<>≤≥~]/, 0.75],
];

/** Runs `draw` while vega measures text by `estimateTextSize`, one drawing at a time: the measure belongs to the package. */
export function withTextSizes<T>(vega: VegaPackages['vega'], draw: () => Promise<T>): Promise<T> {
  const metrics = (vega as unknown as { textMetrics: Metrics }).textMetrics;
  const run = async () => {
    const before = metrics.width;
    metrics.width = estimateTextSize;
    try {
      return await draw();
    } finally {
      metrics.width = before;
    }
  };
  const result = queue.then(run);
  queue = result.catch(() => undefined);
  return result;
}

let queue: Promise<unknown> = Promise.resolve();
