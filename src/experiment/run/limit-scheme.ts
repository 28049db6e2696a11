import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { limitScheme } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/phase.ts';
import type { MeanFieldProcess } from '../../process/process.ts';
import {
  bernoulliClock,
  dormandPrince,
  euler,
  exactJumps,
  extrapolatedLeap,
  heun,
  midpointLeap,
  refusal,
  rk4,
  type Scheme,
  tauLeap,
} from '../../scheme/index.ts';

/** A scheme as plain data: its name and step. */
export interface SchemeChoice {
  /** The field's name of the scheme, as in the table of schemes. */
  readonly name: string;
  /** Mean-field time; meaningless (and 1) for adaptive schemes and those that go from event to event. */
  readonly step: number;
}

/** The schemes for flows and for jumps; adaptive ones and exact ones take no step. */
const SCHEMES: Readonly<Record<string, (step: number) => Scheme>> = {
  euler: (step) => euler({ step }),
  heun: (step) => heun({ step }),
  rk4: (step) => rk4({ step }),
  'dormand-prince': () => dormandPrince({ relativeTolerance: 1e-8, absoluteTolerance: 1e-8 }),
  'exact-jumps': () => exactJumps(),
  'tau-leap': (step) => tauLeap({ step }),
  'midpoint-leap': (step) => midpointLeap({ step }),
  'extrapolated-leap': (step) => extrapolatedLeap({ step }),
  'bernoulli-clock': (step) => bernoulliClock({ step }),
};

/** Names of all schemes that some limit can be solved with. */
export const SCHEME_NAMES: readonly string[] = Object.keys(SCHEMES);

const CLOCK = 'bernoulli-clock';

/**
 * Chooses scheme and step; `until` is the end time and `largest` the largest step that is taken unless told.
 * Throws an ArgumentError for a scheme that can't solve the phase, naming those that can.
 */
export function chooseScheme(
  phase: Phase,
  process: MeanFieldProcess,
  { until, largest }: { readonly until: number; readonly largest: number },
  asked: { readonly scheme?: string | undefined; readonly step?: number | undefined },
): SchemeChoice {
  if (asked.step !== undefined) checkNumber('step', asked.step, { above: 0, max: until });
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
  const { steps } = schemeNamed({ name, step: 1 }).info;
  if (steps === 'fixed') return { name, step: asked.step ?? until / Math.ceil(until / largest) };
  if (asked.step !== undefined)
    throw new ArgumentError('step', asked.step, `left out for ${name}, which has no fixed step`);
  return { name, step: 1 };
}

/** The scheme of a choice. */
export function schemeNamed({ name, step }: SchemeChoice): Scheme {
  const make = SCHEMES[name];
  if (make === undefined) throw new ArgumentError('scheme', name, `one of ${SCHEME_NAMES.join(', ')}`);
  return make(step);
}
