import { availableParallelism } from 'node:os';
import { ArgumentError } from '../../base/errors.ts';

const MOST = 1024;

/**
 * The number of threads to use: as asked for, else as MEANFIELD_THREADS says, else one per core.
 *
 * @param asked - an integer in [1, 1024]
 * @param environment - where to look for MEANFIELD_THREADS
 */
export function threadCount(
  asked: number | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): number {
  const allowed = `an integer in [1, ${MOST}]`;
  if (asked !== undefined) {
    if (!Number.isSafeInteger(asked) || asked < 1 || asked > MOST) throw new ArgumentError('threads', asked, allowed);
    return asked;
  }
  const text = environment.MEANFIELD_THREADS;
  if (text === undefined || text === '') return Math.min(MOST, availableParallelism());
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > MOST)
    throw new ArgumentError('MEANFIELD_THREADS', text, allowed);
  return Number(text);
}
