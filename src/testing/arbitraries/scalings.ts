import * as fc from 'fast-check';
import { type DegenerateId, PHASE_IDS, type PhaseId, type ScalingLaw } from '../../dropout/index.ts';
import { positives } from './numbers.ts';

/** A power law with the regime that it was made to lie in. */
export interface ClassifiedScaling {
  readonly law: Required<ScalingLaw>;
  /** Null where degenerate. */
  readonly phase: PhaseId | null;
  /** In the order of DEGENERATE_IDS; empty inside a phase. */
  readonly degenerate: readonly DegenerateId[];
}

/** Options of `scalings`. */
export interface ScalingConstraints {
  /** Default all five. */
  readonly phases?: readonly PhaseId[];
  /** Whether to draw scalings without a limit, too. Default false. */
  readonly degenerate?: boolean;
}

/**
 * Power laws inside each phase, exponents in eighths: the phases of the (a, b) plane that are lines (a = b, b = 1) and points (a = b = 1)
 * are met exactly, and neighbours of every boundary, too. Prefactors shrink to 1, exponents to the smallest that the phase has.
 */
export function scalings({
  phases = PHASE_IDS,
  degenerate = false,
}: ScalingConstraints = {}): fc.Arbitrary<ClassifiedScaling> {
  const regular = phases.map((phase) => exponentsOf(phase).map((pair) => ({ ...pair, phase, degenerate: [] })));
  return fc
    .tuple(
      fc.oneof({ withCrossShrink: true }, ...regular, ...(degenerate ? DEGENERATE : [])),
      positives({ max: 8 }),
      positives({ max: 8 }),
    )
    .map(([{ a, b, ...place }, learningRate, keepRate]) => ({
      law: { learningRateExponent: a, keepRateExponent: b, learningRate, keepRate },
      ...place,
    }));
}

interface Exponents {
  readonly a: number;
  readonly b: number;
}

const eighths = (min: number, max: number) => fc.integer({ min, max }).map((k) => k / 8);

/** Pairs (a, b) of a phase, by the table of docs/theory.md section 2.7 (not by `classify`, which is held against it). */
function exponentsOf(phase: PhaseId): fc.Arbitrary<Exponents> {
  switch (phase) {
    case 'gradient-flow':
      // b < 1 and a > max(b, 0)
      return fc.tuple(eighths(-8, 7), eighths(1, 16)).map(([b, above]) => ({ a: Math.max(b, 0) + above, b }));
    case 'poisson-jump':
      return eighths(1, 7).map((a) => ({ a, b: a }));
    case 'bernoulli-jump':
      return eighths(-8, 0).map((b) => ({ a: 0, b }));
    case 'penalized-flow':
      return eighths(1, 16).map((above) => ({ a: 1 + above, b: 1 }));
    case 'penalized-jump':
      return fc.constant({ a: 1, b: 1 });
  }
}

const degenerateAt = (
  pairs: fc.Arbitrary<Exponents>,
  ...degenerate: DegenerateId[]
): fc.Arbitrary<Exponents & Omit<ClassifiedScaling, 'law'>> =>
  pairs.map((pair) => ({ ...pair, phase: null, degenerate }));

/** The regions without a limit: a < b₊ explodes, b > 1 starves, a < 0 diverges (and explodes). */
const DEGENERATE = [
  degenerateAt(
    fc.tuple(eighths(1, 8), eighths(1, 8)).map(([b, below]) => ({ a: Math.max(0, b - below), b })),
    'exploding-jumps',
  ),
  degenerateAt(
    fc.tuple(eighths(9, 16), eighths(0, 8)).map(([b, above]) => ({ a: b + above, b })),
    'starved',
  ),
  degenerateAt(
    fc.tuple(eighths(9, 16), eighths(1, 8)).map(([b, below]) => ({ a: b - below, b })),
    'exploding-jumps',
    'starved',
  ),
  degenerateAt(
    fc.tuple(eighths(-8, -1), eighths(-8, 8)).map(([a, b]) => ({ a, b })),
    'exploding-jumps',
    'diverging-step',
  ),
  degenerateAt(
    fc.tuple(eighths(-8, -1), eighths(9, 16)).map(([a, b]) => ({ a, b })),
    'exploding-jumps',
    'starved',
    'diverging-step',
  ),
];
