import { bounded, testMean } from '../../convergence/index.ts';
import type { Stream } from '../../random/index.ts';
import { LawViolation } from '../violation.ts';

/** A random cloud `[N, p]` row-major, from independent and equally distributed starts. */
export type CloudSampler = (rng: Stream) => ArrayLike<number>;

/** Options of `expectExchangeabilityInLaw`. */
export interface ExchangeabilityOptions {
  /** p. */
  readonly dimension: number;
  readonly rng: Stream;
  /** The difference of E tanh(x) between two particles that must not be missed. Default 0.25. */
  readonly within?: number;
  /** The probability that an exchangeable system is rejected, at most. Default 1e-9. */
  readonly falseAlarm?: number;
  /** The probability that a difference of `within` is accepted, at most. Default 1e-6. */
  readonly miss?: number;
}

/**
 * The first and the last particle have the same law, as far as E tanh(x_k) tells for each coordinate k: what is left of
 * exchangeability for a system that draws its own randomness. Catches particles that are treated one after the other while
 * they see each other. tanh is bounded, so the error probabilities are exact.
 */
export async function expectExchangeabilityInLaw(
  sampler: CloudSampler,
  options: ExchangeabilityOptions,
): Promise<void> {
  const { dimension: p, rng, within = 0.25, falseAlarm = 1e-9, miss = 1e-6 } = options;
  for (let k = 0; k < p; k++) {
    let run = 0;
    const result = await testMean(
      () => {
        const cloud = sampler(rng.split('run', run++));
        return Math.tanh(cloud[k]!) - Math.tanh(cloud[cloud.length - p + k]!);
      },
      0,
      { assume: bounded(-2, 2), within, falseAlarm: falseAlarm / p, miss },
    );
    if (result.verdict !== 'accepted')
      throw new LawViolation(
        'exchangeability in law',
        `E tanh of coordinate ${k}, first particle less last: ${result.detail}`,
      );
  }
}
