import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bernoulliClock,
  coupledClock,
  type Key,
  poissonClock,
  type StepClock,
  sobolInto,
  sobolSequence,
  stream,
} from '../../src/random/index.ts';
import { drawables } from './laws-table.ts';

/*
 * What named streams give, fixed: these files may change only with an entry in the changelog. Numbers are exact, on every
 * engine. To write them anew: `UPDATE_GOLDEN=1 npx vitest run test/random/golden.test.ts`, then
 * `npx biome check --write test/random`.
 */

function repeat<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

const streams = Object.fromEntries(
  (
    [[42], [0], [-1], [2 ** 53 - 1], [42, 'replicate', 3], [42, 'replicate', 3, 'clock'], [42, 'café', -7]] as [
      number,
      ...Key[],
    ][]
  ).map(([seed, ...path]) => {
    const rng = path.length === 0 ? stream(seed) : stream(seed).split(...path);
    return [JSON.stringify([seed, ...path]), repeat(12, () => rng.nextInt32())];
  }),
);

const draws = Object.fromEntries(
  drawables.map(({ name, draw }) => {
    const rng = stream(42).split(name);
    return [name, repeat(12, () => draw(rng))];
  }),
);

const rings = poissonClock({ count: 10, rate: 2, rng: stream(42).split('clock') });
const rng = stream(42).split('masks');
const sets = (clock: StepClock) =>
  repeat(8, (step) => {
    const out = new Int32Array(clock.count);
    return [...out.subarray(0, clock.activeInto(step, out))];
  });
const walk = rings.walk(20);
const clocks = {
  'rings after time 20': repeat(12, () => {
    const ring = [walk.time, walk.particle];
    walk.next();
    return ring;
  }),
  'Bernoulli, q = 0.3': sets(bernoulliClock({ count: 10, keepRate: 0.3, rng })),
  'coupled, the rings alone': sets(coupledClock(rings, { step: 0.1, rng })),
  'coupled, q = 0.1': sets(coupledClock(rings, { step: 0.1, keepRate: 0.1, rng })),
  'coupled, q = 0.2': sets(coupledClock(rings, { step: 0.1, keepRate: 0.2, rng })),
};

const sobol = new Float64Array(24);
sobolInto(sobolSequence({ dimension: 3, rng: stream(42).split('sobol') }), 0, 8, sobol);

describe.each([
  ['streams', streams],
  ['draws', draws],
  ['clocks', clocks],
  ['sobol', { 'three dimensions, scrambled': [...sobol] }],
] as [string, Record<string, unknown>][])('%s', (name, actual) => {
  const file = new URL(`./golden/${name}.json`, import.meta.url);
  if (process.env.UPDATE_GOLDEN) {
    const lines = Object.entries(actual).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
  }
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

  it.each(Object.keys(actual))('%s', (key) => expect(actual[key]).toEqual(golden[key]));
  it('has nothing else on file', () => expect(Object.keys(golden)).toEqual(Object.keys(actual)));
});
