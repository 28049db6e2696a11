import { describe, expect, it } from 'vitest';
import { integratedRate, type MeanFieldProcess } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import {
  dormandPrince,
  exactJumps,
  jumpAdapted,
  refusal,
  type Scheme,
  schemeTable,
  tauLeap,
} from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { birthDeath } from '../problems/birth-death.ts';
import { boundedDiffusion } from '../problems/bounded-diffusion.ts';
import { decayWithJumps } from '../problems/decay-with-jumps.ts';
import { linearDropout } from '../problems/linear-dropout.ts';
import { logisticMeanFieldFlow } from '../problems/logistic-mean-field-flow.ts';
import { merton } from '../problems/merton.ts';
import { penalizedLinearDropout } from '../problems/penalized-linear-dropout.ts';

const problems = [
  logisticMeanFieldFlow(),
  linearDropout(),
  penalizedLinearDropout(),
  birthDeath({ start: 20 }),
  merton(),
  boundedDiffusion(),
  decayWithJumps(),
  decayWithJumps({ rate: integratedRate((x) => 1 + 0.1 * x[0]!) }),
];

const schemes: [string, Scheme][] = [
  ...schemeTable.map((row): [string, Scheme] => [row.factory, row.make(0.125)]),
  ['jumpAdapted with dormandPrince', jumpAdapted({ continuous: dormandPrince() })],
];

const cases = schemes.flatMap(([name, scheme]) =>
  problems
    .filter(({ process }) => refusal(scheme, process) === undefined)
    .flatMap((problem) =>
      (['fresh', 'common'] as const).map((noise) => [name, problem.name, noise, scheme, problem] as const),
    ),
);

describe('a run continued from a checkpoint has the bits of the whole run', () => {
  it.each(cases)('%s on %s, %s noise', (_name, _problem, noise, scheme, { process, initial, until }) => {
    const checkpoints: Uint8Array[] = [];
    const options = {
      initial: initial(6),
      until,
      scheme,
      rng: stream(1),
      noise,
      saveAt: [until / 4, until / 2],
      save: () => 0,
    };
    let whole: ReturnType<typeof solve<number>>;
    try {
      whole = solve(process, { ...options, checkpoint: { every: 1, write: (bytes) => checkpoints.push(bytes) } });
    } catch (error) {
      // Some schemes refuse common noise, and say so.
      expect(noise).toBe('common');
      expect(String(error)).toMatch(/noise must be fresh/);
      return;
    }
    expect(whole.outcome.code).toBe('completed');
    for (const bytes of [checkpoints[0]!, checkpoints[Math.floor(checkpoints.length / 2)]!]) {
      const rest = solve(process, { ...options, resume: bytes });
      expect(rest.final.data).toEqual(whole.final.data);
      expect(rest.statistics).toEqual(whole.statistics);
      expect(rest.checkpoint()).toEqual(whole.checkpoint());
    }
  });

  it('rejects bytes that are no checkpoint, of another version, scheme or size, and truncated ones', () => {
    const { process, initial, until } = birthDeath();
    const options = { initial: initial(2), until, scheme: exactJumps(), rng: stream(1) };
    const bytes = solve(process as MeanFieldProcess, options).checkpoint();
    const wrong = (change: (b: Uint8Array) => Uint8Array) => () =>
      solve(process, { ...options, resume: change(bytes) });
    expect(wrong((b) => b.map((v, k) => (k === 0 ? 0 : v)))).toThrow('resume must be a checkpoint of solve');
    expect(wrong((b) => b.map((v, k) => (k === 7 ? 9 : v)))).toThrow('version 1');
    expect(wrong((b) => b.slice(0, -3))).toThrow('whole checkpoint');
    expect(wrong((b) => Uint8Array.from([...b, 1]))).toThrow('nothing after its end');
    expect(() => solve(process, { ...options, initial: initial(3), resume: bytes })).toThrow('count is 3');
    expect(() => solve(process, { ...options, scheme: tauLeap({ step: 0.1 }), resume: bytes })).toThrow('scheme');
  });
});
