import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { check, LawViolation, PropertyError, reals, tasks } from '../../src/testing/index.ts';

const VARIABLES = ['MEANFIELD_SEED', 'MEANFIELD_LAW', 'MEANFIELD_PATH', 'MEANFIELD_RUNS'] as const;
const before = VARIABLES.map((name) => process.env[name]);
afterEach(() => {
  VARIABLES.forEach((name, i) => {
    if (before[i] === undefined) delete process.env[name];
    else process.env[name] = before[i];
  });
});
const forget = () => {
  for (const name of VARIABLES) delete process.env[name];
};

const small = fc.property(reals(), (x) => {
  if (x > 1.01) throw new LawViolation('smallness', `${x} is large`);
});
const failureOf = (run: () => void): PropertyError => {
  try {
    run();
  } catch (error) {
    if (error instanceof PropertyError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

describe('a failing check', () => {
  it('reports the simplest case, the seed, the path and the command', () => {
    forget();
    const { message, failure, cause } = failureOf(() =>
      check("the author's law", small, { seed: 5, command: 'npm test -- a' }),
    );
    expect(failure).toMatchObject({
      law: "the author's law",
      seed: 5,
      counterexample: ['1.015625'],
      command: 'npm test -- a',
    });
    expect(cause).toBeInstanceOf(LawViolation);
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^"the author's law" does not hold: it failed at case \d+, made simpler \d+ times?$/),
      '  reason: smallness: 1.015625 is large',
      '  case:   1.015625',
      `  seed:   5, path ${failure.path}`,
      `  replay: MEANFIELD_SEED=5 MEANFIELD_LAW='the author'\\''s law' MEANFIELD_PATH=${failure.path} npm test -- a`,
    ]);
  });

  it.each([0, 1, 5, -3, 2 ** 31])('is replayed by what it reports, at once: seed %d', (seed) => {
    forget();
    const { failure } = failureOf(() => check('law', small, { seed }));
    expect(failure.shrinks).toBeGreaterThan(0);
    process.env.MEANFIELD_SEED = String(failure.seed);
    process.env.MEANFIELD_LAW = 'law';
    process.env.MEANFIELD_PATH = failure.path!;
    const again = failureOf(() => check('law', small, { seed: 99 })).failure;
    expect(again).toMatchObject({ seed: failure.seed, counterexample: failure.counterexample, runs: 1, shrinks: 0 });
    // The path belongs to one law only; the seed to all.
    const other = failureOf(() => check('other', small, { seed: 99 })).failure;
    expect(other).toMatchObject({ seed: failure.seed, path: failure.path, counterexample: failure.counterexample });
    expect(other.shrinks).toBeGreaterThan(0);
  });

  it('may be asynchronous, return false, or show objects as code', async () => {
    forget();
    const asynchronous = check(
      'law',
      fc.asyncProperty(reals(), async (x) => x < 1.01),
      { seed: 1 },
    );
    await expect(asynchronous).rejects.toThrow(/case: {3}1.015625/);
    expect(
      failureOf(() =>
        check(
          'law',
          fc.property(tasks(), () => false),
          { seed: 1 },
        ),
      ).message,
    ).toContain('case:   learningTask({ neuron: linearNeuron({ inputs: [[1]] })');
  });

  it('says so when no case meets the preconditions', () => {
    forget();
    const never = fc.property(reals(), () => fc.pre(false));
    const { message, failure } = failureOf(() => check('law', never, { seed: 1 }));
    expect(message).toContain('met the property');
    expect(failure).toMatchObject({ path: undefined, counterexample: undefined });
  });
});

describe('the number of cases and the seed', () => {
  const casesOf = (options: Parameters<typeof check>[2]) => {
    const cases: number[] = [];
    check(
      'law',
      fc.property(reals(), (x) => void cases.push(x)),
      options,
    );
    return cases;
  };

  it('is 100 by default, an option, or a variable', () => {
    forget();
    expect(casesOf({}).length).toBe(100);
    expect(casesOf({ runs: 7 }).length).toBe(7);
    process.env.MEANFIELD_RUNS = '3';
    expect(casesOf({ runs: 7 }).length).toBe(3);
  });

  it('fixes the cases; without one they are fresh', () => {
    forget();
    expect(casesOf({ seed: 1 })).toEqual(casesOf({ seed: 1 }));
    expect(casesOf({ seed: 1 })).not.toEqual(casesOf({ seed: 2 }));
    expect(casesOf({})).not.toEqual(casesOf({}));
    process.env.MEANFIELD_SEED = '1';
    expect(casesOf({ seed: 2 })).toEqual(casesOf({}));
  });

  it('is refused when it is not an integer', () => {
    forget();
    expect(() => casesOf({ runs: 0 })).toThrow('runs must be');
    expect(() => casesOf({ seed: 0.5 })).toThrow('seed must be');
    process.env.MEANFIELD_SEED = 'today';
    expect(() => casesOf({})).toThrow('MEANFIELD_SEED must be an integer in [-2147483648, 4294967295], got "today"');
  });
});
