import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { type ClassifiedPowerLaw, classify } from './classify.ts';
import { clipPolygon, clipSegment, type ExponentPair, excess, type HalfPlane } from './clip.ts';
import type { DegenerateId, PhaseId } from './phase.ts';

/** A part of the diagram with one phase, or with one set of degenerate regimes. */
export interface PhaseDiagramPart {
  /** Unique in the diagram: the phase's id, or the degenerate ids joined by `+`. A phase may have two parts: then `id/part`. */
  readonly id: string;
  /** `region`: `vertices` is a convex polygon, counter-clockwise, not closed. `line`: two ends. `point`: one vertex. */
  readonly kind: 'region' | 'line' | 'point';
  readonly phase: PhaseId | null;
  readonly degenerate: readonly DegenerateId[];
  readonly vertices: readonly ExponentPair[];
  /** The condition on the exponents, for a legend. */
  readonly condition: string;
  /** A place inside the part for its label. */
  readonly label: ExponentPair;
}

/** Which part of the plane to show; each a pair [low, high] with low < high. */
export interface PhaseDiagramOptions {
  /** Exponents a of the learning rate. Default [-0.5, 2]. */
  readonly learningRateExponents?: readonly [number, number];
  /** Exponents b of the keep rate. Default [0, 1.5]. */
  readonly keepRateExponents?: readonly [number, number];
}

export interface PhaseDiagram {
  readonly learningRateExponents: readonly [number, number];
  readonly keepRateExponents: readonly [number, number];
  /** Regions first, then lines, then points: the order in which to draw them. */
  readonly parts: readonly PhaseDiagramPart[];
}

const A_NEGATIVE: HalfPlane = [1, 0, 0];
const A_POSITIVE: HalfPlane = [-1, 0, 0];
const B_BELOW_1: HalfPlane = [0, 1, 1];
const B_ABOVE_1: HalfPlane = [0, -1, -1];
const A_BELOW_B: HalfPlane = [1, -1, 0];
const A_ABOVE_B: HalfPlane = [-1, 1, 0];

const REGIONS: readonly { readonly condition: string; readonly bounds: readonly HalfPlane[] }[] = [
  { condition: 'b < min(a, 1), a > 0', bounds: [A_ABOVE_B, A_POSITIVE, B_BELOW_1] },
  { condition: '0 ≤ a < b ≤ 1', bounds: [A_POSITIVE, A_BELOW_B, B_BELOW_1] },
  { condition: '0 ≤ a < b, b > 1', bounds: [A_POSITIVE, A_BELOW_B, B_ABOVE_1] },
  { condition: 'a ≥ b > 1', bounds: [A_ABOVE_B, B_ABOVE_1] },
  { condition: 'a < 0, b ≤ 1', bounds: [A_NEGATIVE, B_BELOW_1] },
  { condition: 'a < 0, b > 1', bounds: [A_NEGATIVE, B_ABOVE_1] },
];

// Far ends stand for infinity: they are clipped to the window.
const FAR = 1e6;
const LINES: readonly { readonly condition: string; readonly ends: readonly [ExponentPair, ExponentPair] }[] = [
  {
    condition: '0 < a = b < 1',
    ends: [
      [0, 0],
      [1, 1],
    ],
  },
  {
    condition: 'b = 1 < a',
    ends: [
      [1, 1],
      [FAR, 1],
    ],
  },
  {
    condition: 'a = 0, b < 0 (keep rate 1)',
    ends: [
      [0, -FAR],
      [0, 0],
    ],
  },
];

const POINTS: readonly { readonly condition: string; readonly at: ExponentPair }[] = [
  { condition: 'a = b = 0', at: [0, 0] },
  { condition: 'a = b = 1', at: [1, 1] },
];

/**
 * The diagram of docs/theory.md section 2.7 as data: which phase or degenerate regimes the power laws τ ~ n^(−a), q ~ n^(−b)
 * have, clipped to a window of the (a, b) plane. Each part is what `classify` says at its label, so the two cannot disagree.
 */
export function phaseDiagram(options: PhaseDiagramOptions = {}): PhaseDiagram {
  const as = interval('learningRateExponents', options.learningRateExponents ?? [-0.5, 2]);
  const bs = interval('keepRateExponents', options.keepRateExponents ?? [0, 1.5]);
  const window: readonly ExponentPair[] = [
    [as[0], bs[0]],
    [as[1], bs[0]],
    [as[1], bs[1]],
    [as[0], bs[1]],
  ];
  const sides: readonly HalfPlane[] = [
    [-1, 0, -as[0]],
    [1, 0, as[1]],
    [0, -1, -bs[0]],
    [0, 1, bs[1]],
  ];
  const parts: PhaseDiagramPart[] = [];
  for (const { condition, bounds } of REGIONS) {
    const vertices = bounds.reduce(clipPolygon, window);
    if (vertices.length >= 3) parts.push(part('region', vertices, condition, parts));
  }
  for (const { condition, ends } of LINES) {
    const vertices = sides.reduce<readonly ExponentPair[]>(clipSegment, ends);
    if (vertices.length === 2) parts.push(part('line', vertices, condition, parts));
  }
  for (const { condition, at } of POINTS)
    if (sides.every((side) => excess(side, at) <= 0)) parts.push(part('point', [at], condition, parts));
  return { learningRateExponents: as, keepRateExponents: bs, parts };
}

function part(
  kind: PhaseDiagramPart['kind'],
  vertices: readonly ExponentPair[],
  condition: string,
  earlier: readonly PhaseDiagramPart[],
): PhaseDiagramPart {
  const label = centre(vertices);
  const { phase, degenerate }: ClassifiedPowerLaw = classify({
    learningRateExponent: label[0],
    keepRateExponent: label[1],
  });
  const name = phase ?? degenerate.join('+');
  const id = earlier.some((other) => other.id === name) ? `${name}/${kind}` : name;
  return { id, kind, phase, degenerate, vertices, condition, label };
}

function centre(vertices: readonly ExponentPair[]): ExponentPair {
  let a = 0;
  let b = 0;
  for (const vertex of vertices) {
    a += vertex[0];
    b += vertex[1];
  }
  return [a / vertices.length, b / vertices.length];
}

function interval(name: string, value: readonly [number, number]): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) throw new ArgumentError(name, value, 'a pair [low, high]');
  const low = checkNumber(`${name}[0]`, value[0]);
  return [low, checkNumber(`${name}[1]`, value[1], { above: low })];
}
