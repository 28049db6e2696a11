import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { limitScheme } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/phase.ts';
import type { MeanFieldProcess } from '../../process/process.ts';
import { refusal } from '../../scheme/refusal.ts';
import type { Scheme } from '../../scheme/scheme.ts';
import { schemeTable } from '../../scheme/table.ts';

/** A scheme as plain data: its name and step. */
export interface SchemeChoice {
  /** The field's name of the scheme, as in the table of schemes. */
  readonly name: string;
  /** Mean-field time; meaningless (and 1) for schemes without a step. */
  readonly step: number;
}

/** Names of all schemes. */
export const SCHEME_NAMES: readonly string[] = schemeTable.map(({ make }) => make(1).info.name);

const CLOCK = 'bernoulli-clock';

/** The largest step that is taken unless told. */
const STEP = 0.05;

/** Chooses scheme and step. Throws an ArgumentError for a scheme that can't solve the phase, naming those that can. */
export function chooseScheme(
  phase: Phase,
  process: MeanFieldProcess,
  horizon: number,
  asked: { readonly scheme?: string | undefined; readonly step?: number | undefined },
): SchemeChoice {
  if (asked.step !== undefined) checkNumber('step', asked.step, { above: 0, max: horizon });
  if (phase.id === 'bernoulli-jump') {
    if (asked.step !== undefined)
      throw new ArgumentError('step', asked.step, 'left out for bernoulli-jump, whose step is its learning rate');
    if (asked.scheme !== undefined && asked.scheme !== CLOCK)
      throw new ArgumentError('scheme', asked.scheme, `${CLOCK} for bernoulli-jump, or left out`);
    return { name: CLOCK, step: phase.learningRate };
  }
  const able = SCHEME_NAMES.filter(
    (name) => name !== CLOCK && refusal(schemeNamed({ name, step: 1 }), process) === undefined,
  );
  const name = asked.scheme ?? limitScheme(phase, 1).info.name;
  if (!able.includes(name)) throw new ArgumentError('scheme', name, `one of ${able.join(', ')} for ${phase.id}`);
  if (schemeNamed({ name, step: 1 }).info.steps === 'events') {
    if (asked.step !== undefined)
      throw new ArgumentError('step', asked.step, `left out for ${name}, which has no step`);
    return { name, step: 1 };
  }
  return { name, step: asked.step ?? horizon / Math.ceil(horizon / STEP) };
}

/** The scheme of a choice. */
export function schemeNamed({ name, step }: SchemeChoice): Scheme {
  const row = schemeTable.find(({ make }) => make(1).info.name === name);
  if (row === undefined) throw new ArgumentError('scheme', name, `one of ${SCHEME_NAMES.join(', ')}`);
  return row.make(step);
}
