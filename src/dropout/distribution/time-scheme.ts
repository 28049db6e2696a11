import { checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Phase } from '../phase/index.ts';
import type { Representation, RepresentationKind } from './representation.ts';

/** How a solver steps in time. */
export interface TimeScheme {
  readonly scheme: DistributionSchemeName;
  /** The longest step, mean-field time; shorter ones are taken where saving or positivity ask for it. */
  readonly step: number;
}

/** A row of the table of time schemes. */
export interface DistributionSchemeInfo {
  readonly name: string;
  readonly order: number;
  /** Which evolution equations it steps. */
  readonly solves: readonly ('flow' | 'jump')[];
  readonly representations: readonly RepresentationKind[];
  readonly chooseWhen: string;
}

const MASSES = ['grid', 'split-and-compress'] as const;

/**
 * The time schemes of distribution space. Those of masses are convex combinations of Euler steps (or of pushforwards), so that mass is kept and
 * stays nonnegative. Bernoulli jumps are a map: their scheme is the clock itself, without error.
 */
export const DISTRIBUTION_SCHEMES = [
  {
    name: 'rk4',
    order: 4,
    solves: ['flow'],
    representations: ['characteristics'],
    chooseWhen: 'the default for characteristics',
  },
  {
    name: 'euler',
    order: 1,
    solves: ['flow', 'jump'],
    representations: ['characteristics', ...MASSES],
    chooseWhen: 'a first look; a baseline for orders',
  },
  {
    name: 'heun',
    order: 2,
    solves: ['flow', 'jump'],
    representations: ['characteristics', ...MASSES],
    chooseWhen: 'second order at two evaluations a step',
  },
  {
    name: 'ssp-rk3',
    order: 3,
    solves: ['flow', 'jump'],
    representations: MASSES,
    chooseWhen: 'the default for flows on a grid, whose space error rules, and for split and compress',
  },
  {
    name: 'ssp-rk4',
    order: 4,
    solves: ['flow', 'jump'],
    representations: MASSES,
    chooseWhen: 'the default for jumps on a grid: accurate, positive up to steps of 1.5 jump sizes',
  },
  {
    name: 'exponential',
    order: 2,
    solves: ['jump'],
    representations: MASSES,
    chooseWhen: 'jump sizes far below the step: uniformization is positive at any step',
  },
  {
    name: 'tau-leap',
    order: 1,
    solves: ['jump'],
    representations: ['array-rqmc'],
    chooseWhen: 'a baseline for orders',
  },
  {
    name: 'midpoint-leap',
    order: 2,
    solves: ['jump'],
    representations: ['array-rqmc'],
    chooseWhen: 'the default for particles',
  },
] as const satisfies readonly DistributionSchemeInfo[];

export type DistributionSchemeName = (typeof DISTRIBUTION_SCHEMES)[number]['name'];

/** The row of a scheme. */
export function schemeInfo(name: DistributionSchemeName): DistributionSchemeInfo {
  return DISTRIBUTION_SCHEMES.find((row) => row.name === name)!;
}

/** The scheme that is taken unless told, of the equations that a representation is for. */
const DEFAULTS: Readonly<Record<RepresentationKind, { flow?: DistributionSchemeName; jump?: DistributionSchemeName }>> =
  {
    characteristics: { flow: 'rk4' },
    grid: { flow: 'ssp-rk3', jump: 'ssp-rk4' },
    'split-and-compress': { jump: 'ssp-rk3' },
    'array-rqmc': { jump: 'midpoint-leap' },
  };

/**
 * The schemes that can step the equation of a phase in a representation; none if the two do not go together. Nodes that follow the flow and are
 * remeshed take the schemes of characteristics.
 */
export function distributionSchemesFor(
  phase: Phase,
  representation: Representation,
): readonly DistributionSchemeName[] {
  const equation = equationOf(phase);
  if (DEFAULTS[representation.kind][equation] === undefined) return [];
  const kind = schemeKind(equation, representation);
  return (DISTRIBUTION_SCHEMES as readonly DistributionSchemeInfo[])
    .filter((row) => row.solves.includes(equation) && row.representations.includes(kind))
    .map((row) => row.name as DistributionSchemeName);
}

/** Checks and completes a time scheme. Bernoulli jumps take none. */
export function chooseTime(
  phase: Phase,
  representation: Representation,
  asked: Partial<TimeScheme> | undefined,
  horizon: number,
): TimeScheme {
  const able = distributionSchemesFor(phase, representation);
  if (able.length === 0)
    throw new ArgumentError(
      'representation',
      representation.kind,
      equationOf(phase) === 'flow'
        ? `characteristics or grid for ${phase.id}`
        : `grid, split-and-compress or array-rqmc for ${phase.id}`,
    );
  if (phase.id === 'bernoulli-jump') {
    if (asked !== undefined)
      throw new ArgumentError('time', asked, 'left out for bernoulli-jump, whose step is its learning rate');
    return { scheme: able[0]!, step: phase.learningRate };
  }
  const equation = equationOf(phase);
  const scheme = checkOneOf(
    'time.scheme',
    asked?.scheme ?? DEFAULTS[schemeKind(equation, representation)][equation]!,
    able,
  );
  const step = checkNumber('time.step', asked?.step ?? Math.min(0.05, horizon / 2), { above: 0 });
  return { scheme, step };
}

function equationOf(phase: Phase): 'flow' | 'jump' {
  return phase.id === 'gradient-flow' || phase.id === 'penalized-flow' ? 'flow' : 'jump';
}

function schemeKind(equation: 'flow' | 'jump', representation: Representation): RepresentationKind {
  const remeshed = equation === 'flow' && representation.kind === 'grid' && representation.flow === 'remeshing';
  return remeshed ? 'characteristics' : representation.kind;
}
