import type { DegenerateId, PhaseDiagramPart, PhaseId } from '../../dropout/phase/index.ts';
import { PHASE_DESCRIPTIONS } from '../phases.ts';
import { GREEN, ORANGE, PURPLE, VERMILION } from './palette.ts';

const PHASE_COLORS: Readonly<Record<PhaseId, string>> = {
  'gradient-flow': '#cfe3f1',
  'poisson-jump': VERMILION,
  'bernoulli-jump': PURPLE,
  'penalized-flow': GREEN,
  'penalized-jump': ORANGE,
};

const REGIME_NAMES: Readonly<Record<DegenerateId, string>> = {
  'exploding-jumps': 'exploding jumps',
  starved: 'starved',
  'diverging-step': 'diverging step',
};

/** The colour of a part of the diagram: grey where degenerate, the darker the more regimes it meets. */
export function partColor(part: PhaseDiagramPart): string {
  if (part.phase !== null) return PHASE_COLORS[part.phase];
  return ['#ececec', '#dedede', '#cfcfcf'][part.degenerate.length - 1]!;
}

/** The name of its phase, or those of its degenerate regimes. */
export function partNames(part: PhaseDiagramPart): readonly string[] {
  if (part.phase !== null) return [PHASE_DESCRIPTIONS[part.phase].name];
  return part.degenerate.map((id) => REGIME_NAMES[id]);
}
