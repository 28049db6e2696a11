import { checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { BoundedRate, CloudRate, IntegratedRate, JumpRate, StateRate } from './jump.ts';

type RateFunction = (x: Float64Array, s: Float64Array, t: number) => number;

interface VaryingOptions {
  /** λ for the whole cloud at once, for leaping schemes. */
  readonly cloud?: CloudRate;
  /** Whether λ reads s. Default: true when the process has a statistic. */
  readonly readsStatistic?: boolean;
}

/** The same rate for every particle at all times; 0 is allowed. Exact events cost O(1). */
export function constantRate(value: number): JumpRate {
  return { kind: 'constant', value: checkNumber('rate', value, { min: 0 }) };
}

/** λ(x, s) that changes only at jumps: reaction networks. Exact events cost O(log N), or O(N) if λ reads s. */
export function stateRate(particle: RateFunction, options: VaryingOptions = {}): StateRate {
  return { ...options, kind: 'state', particle: checkFunction(particle) };
}

/**
 * λ(x, s, t) below a bound, sampled by thinning (P. A. W. Lewis, G. S. Shedler 1979; Y. Ogata 1981). Exact whatever drift,
 * time or statistic do, as long as the bound holds; a bound that is exceeded ends the run as `failed`, with the time.
 */
export function boundedRate(
  particle: RateFunction,
  options: VaryingOptions & Pick<BoundedRate, 'bound' | 'window'>,
): BoundedRate {
  if (typeof options.bound === 'number') checkNumber('bound', options.bound, { min: 0 });
  else checkFunction(options.bound, 'bound');
  if (options.window !== undefined && !(options.window > 0))
    throw new ArgumentError('window', options.window, 'a positive number or Infinity');
  return { ...options, kind: 'bounded', particle: checkFunction(particle) };
}

/** λ(x, s, t) integrated along the path between jumps: piecewise deterministic processes without a good bound. */
export function integratedRate(particle: RateFunction, options: VaryingOptions = {}): IntegratedRate {
  return { ...options, kind: 'integrated', particle: checkFunction(particle) };
}

function checkFunction<T>(value: T, name = 'rate'): T {
  if (typeof value !== 'function') throw new ArgumentError(name, value, 'a function of (x, s, t)');
  return value;
}
