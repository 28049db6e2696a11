import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/random/index.ts';
import { drawables } from './laws-table.ts';

/**
 * The first draws of every law from `stream(42).split(name)`, fixed: they may change only with an entry in the changelog.
 * Numbers are exact, on every engine. To write the file anew: `UPDATE_GOLDEN=1 npx vitest run test/random/golden.test.ts`.
 */
const file = new URL('./golden/draws.json', import.meta.url);
const DRAWS = 12;

const actual = Object.fromEntries(
  drawables.map(({ name, draw }) => {
    const rng = stream(42).split(name);
    return [name, Array.from({ length: DRAWS }, () => draw(rng))];
  }),
);

if (process.env.UPDATE_GOLDEN) {
  const { writeFileSync } = await import('node:fs');
  const lines = Object.entries(actual).map(([name, draws]) => `  ${JSON.stringify(name)}: ${JSON.stringify(draws)}`);
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}

const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[][]>;

describe('golden streams', () => {
  it.each(drawables)('$name', ({ name }) => expect(actual[name]).toEqual(golden[name]));
  it('covers every law', () => expect(Object.keys(golden)).toEqual(drawables.map(({ name }) => name)));
});
