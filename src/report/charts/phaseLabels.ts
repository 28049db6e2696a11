import type { PhaseDiagram, PhaseDiagramPart } from '../../dropout/phase/index.ts';
import { INK } from './palette.ts';
import { partNames } from './phaseParts.ts';
import { quantity } from './spec.ts';
import { estimateTextSize } from './textSize.ts';

/** Pixels of one unit of each axis. */
export type Scale = readonly [right: number, up: number];

interface Place {
  readonly at: readonly [number, number];
  readonly text: readonly string[];
  readonly angle?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly align?: 'left' | 'right';
}

const FONT_SIZE = 13;

/** The names of the parts, each as a layer: beside lines and points, and in regions where there is room for them. */
export function labelLayers(diagram: PhaseDiagram, scale: Scale, dots: readonly { a: number; b: number }[]): object[] {
  return diagram.parts.flatMap((part) => {
    const place = { line: besideLine, point: besidePoint, region: inRegion }[part.kind](part, diagram, scale);
    return place ? [layer(part.kind === 'region' ? aside(place, scale, dots) : place, part.phase !== null)] : [];
  });
}

function layer({ at, text, angle = 0, dx = 0, dy = 0, align }: Place, phase: boolean): object {
  const mark = {
    type: 'text',
    text,
    color: INK,
    fontSize: FONT_SIZE,
    fontWeight: phase ? 'bold' : 'normal',
    fontStyle: phase ? 'normal' : 'italic',
    align: align ?? 'center',
    baseline: 'middle',
    angle: (angle + 360) % 360,
    dx,
    // Vega puts the first line at the place, and the others below.
    dy: dy - ((text.length - 1) * (FONT_SIZE + 2)) / 2,
  };
  return { data: { values: [{ a: at[0], b: at[1] }] }, mark, encoding: { x: quantity('a'), y: quantity('b') } };
}

/** Above the line and along it, off its middle, where a run often stands. */
function besideLine(part: PhaseDiagramPart, _: PhaseDiagram, [right, up]: Scale): Place | null {
  const [[a, b], [c, d]] = part.vertices as [readonly [number, number], readonly [number, number]];
  const [wide, high] = [(c - a) * right, (d - b) * up];
  if (Math.hypot(wide, high) < 140) return null;
  const angle = (-Math.atan2(high, wide) * 180) / Math.PI;
  const share = angle === 0 ? 0.5 : 0.28;
  return { at: [a + share * (c - a), b + share * (d - b)], text: partNames(part), angle, dy: angle === 0 ? -20 : -14 };
}

/** To the right and below, or above at the lower edge; to the left at the right edge. */
function besidePoint(part: PhaseDiagramPart, diagram: PhaseDiagram, [right, up]: Scale): Place {
  const at = part.vertices[0]!;
  const left = (diagram.learningRateExponents[1] - at[0]) * right < 140;
  const low = (at[1] - diagram.keepRateExponents[0]) * up < 30;
  return { at, text: partNames(part), dx: left ? -26 : 26, dy: low ? -13 : 18, align: left ? 'right' : 'left' };
}

/** Below a dot that would cover the name. */
function aside(place: Place, [right, up]: Scale, dots: readonly { a: number; b: number }[]): Place {
  const half = estimateTextSize({ fontSize: FONT_SIZE, fontWeight: 'bold' }, place.text[0]) / 2 + 12;
  const covered = dots.some(
    ({ a, b }) => Math.abs(a - place.at[0]) * right < half && Math.abs(b - place.at[1]) * up < 20,
  );
  return covered && place.angle === undefined ? { ...place, dy: 24 } : place;
}

/** In the middle: on one line or several, upright where the region is narrow, and nothing where it is tiny. */
function inRegion(part: PhaseDiagramPart, _: PhaseDiagram, [right, up]: Scale): Place | null {
  const as = part.vertices.map(([a]) => a);
  const bs = part.vertices.map(([, b]) => b);
  const wide = (Math.max(...as) - Math.min(...as)) * right;
  const high = (Math.max(...bs) - Math.min(...bs)) * up;
  const names = partNames(part);
  for (const text of [[names.join(' + ')], names.map((name, i) => (i > 0 ? `+ ${name}` : name))]) {
    const need = Math.max(...text.map((line) => estimateTextSize({ fontSize: FONT_SIZE }, line)));
    const tall = text.length * (FONT_SIZE + 2);
    const at = tall <= high ? roomyPlace(part, need / right + 24 / right) : null;
    if (at) return { at, text };
    if (need <= high && tall <= wide) return { at: part.label, text, angle: -90 };
  }
  return null;
}

/** The place nearest to the part's own label, up or down, where the region is at least `width` wide. */
function roomyPlace({ vertices, label }: PhaseDiagramPart, width: number): readonly [number, number] | null {
  const bs = vertices.map(([, b]) => b);
  const [low, high] = [Math.min(...bs), Math.max(...bs)];
  for (let k = 0; k <= 8; k++)
    for (const end of [low, high]) {
      const b = label[1] + (k / 20) * (end - label[1]);
      const [left, right] = chord(vertices, b);
      if (right - left >= width) return [(left + right) / 2, b];
    }
  return null;
}

/** Where the horizontal line at height `b` enters and leaves a convex polygon. */
function chord(vertices: PhaseDiagramPart['vertices'], b: number): readonly [number, number] {
  const crossings: number[] = [];
  for (const [i, [a0, b0]] of vertices.entries()) {
    const [a1, b1] = vertices[(i + 1) % vertices.length]!;
    if (b0 !== b1 && (b0 - b) * (b1 - b) <= 0) crossings.push(a0 + ((b - b0) / (b1 - b0)) * (a1 - a0));
  }
  return [Math.min(...crossings), Math.max(...crossings)];
}
