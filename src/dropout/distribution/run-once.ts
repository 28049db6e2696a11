import type { Outcome } from '../../base/outcome.ts';
import type { GridAxis } from '../../measure/grid.ts';
import type { Measure } from '../../measure/index.ts';
import type { Stream } from '../../random/index.ts';
import { characteristicsEvolution } from './characteristics-evolution.ts';
import type { Evolution } from './evolution.ts';
import { gridEvolution } from './grid-evolution.ts';
import { type LawObservables, observe } from './observables.ts';
import { pack } from './packed.ts';
import type { DistributionPlan } from './plan.ts';
import type { Representation } from './representation.ts';
import { rqmcEvolution } from './rqmc-evolution.ts';
import { splitEvolution } from './split-evolution.ts';
import type { TimeScheme } from './time-scheme.ts';

/** What a single run differs in from the plan: its resolution and its stream. */
export interface RunRequest {
  readonly representation: Representation;
  readonly axes: readonly GridAxis[];
  readonly time: TimeScheme;
  readonly rng: Stream | undefined;
  /** Whether to keep the measures at the times to save. */
  readonly measures: boolean;
  readonly signal: AbortSignal | undefined;
}

export interface RunResult {
  readonly outcome: Outcome;
  readonly saved: readonly LawObservables[];
  readonly measures: readonly Measure[];
  readonly final: LawObservables;
  readonly finalMeasure: Measure;
}

/** One run from 0 to the end; yields the fraction done after each step. */
export function* runOnce(plan: DistributionPlan, request: RunRequest): Generator<number, RunResult, undefined> {
  const { phase, task, until } = plan;
  const evolution = evolutionOf(plan, request);
  const saved: LawObservables[] = [];
  const measures: Measure[] = [];
  let time = 0;
  let steps = 0;
  let code: Outcome['code'] = 'completed';
  const look = () => {
    const { particles, weights } = evolution.atoms();
    return observe(task, phase, particles, weights);
  };
  for (const target of [...plan.saveAt, until]) {
    const { count, h } = stepsTo(plan, time, steps, target, request.time.step);
    for (let i = 0; i < count && code === 'completed'; i++) {
      if (request.signal?.aborted) code = 'aborted';
      else {
        evolution.advance(h);
        steps++;
        time = i === count - 1 && phase.id !== 'bernoulli-jump' ? target : time + h;
        if (!staysFinite(evolution)) code = 'diverged';
        yield time / until;
      }
    }
    if (code !== 'completed') break;
    if (saved.length < plan.saveAt.length) {
      saved.push(look());
      if (request.measures) measures.push(evolution.measure());
    }
  }
  const final = look();
  if (code === 'completed' && !pack(final).every(Number.isFinite)) code = 'diverged';
  const message = MESSAGES[code] ?? '';
  const reached = code === 'completed' ? until : time;
  return {
    outcome: { code, time: reached, steps, message },
    saved,
    measures,
    final,
    finalMeasure: evolution.measure(),
  };
}

const MESSAGES: Readonly<Record<string, string>> = {
  aborted: 'the signal was raised',
  diverged: 'the law stopped being finite: the jumps or steps are too large to be stable',
};

/** How many steps of which length lead from here to the target. Bernoulli steps are never cut: they are made if they end in time. */
function stepsTo(
  { phase }: DistributionPlan,
  time: number,
  done: number,
  target: number,
  longest: number,
): { readonly count: number; readonly h: number } {
  if (phase.id === 'bernoulli-jump')
    return { count: Math.floor((target / phase.learningRate) * (1 + 1e-12) + 1e-9) - done, h: phase.learningRate };
  const count = Math.ceil(((target - time) / longest) * (1 - 1e-12));
  return { count, h: (target - time) / count };
}

function evolutionOf({ phase, task, partnerPoints }: DistributionPlan, request: RunRequest): Evolution {
  const { representation, axes, time, rng } = request;
  switch (representation.kind) {
    case 'characteristics':
      return characteristicsEvolution(phase, task, { representation, time, rng });
    case 'grid':
      return gridEvolution(phase, task, { grid: representation, axes, time, partnerPoints, rng });
    case 'split-and-compress':
      return splitEvolution(phase, task, { atoms: representation.atoms, time, partnerPoints, rng });
    case 'array-rqmc':
      return rqmcEvolution(phase, task, { particles: representation.particles, time, rng: rng! });
  }
}

function staysFinite(evolution: Evolution): boolean {
  const { particles, weights } = evolution.atoms();
  let sum = 0;
  for (let i = 0; i < particles.length; i++) sum += particles[i]!;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  return Number.isFinite(sum);
}
