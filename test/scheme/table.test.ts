import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemesPage } from '../../scripts/schemes-page.ts';
import * as schemes from '../../src/scheme/index.ts';

describe('the table of schemes', () => {
  it('is what docs/schemes.md shows (npx tsx scripts/scheme-table.ts writes it)', () => {
    expect(readFileSync(new URL('../../docs/schemes.md', import.meta.url), 'utf8')).toBe(schemesPage());
  });

  it.each(schemes.schemeTable.map((row) => [row.factory, row] as const))('%s is whole', (factory, { make }) => {
    const { info } = make(0.1);
    expect(schemes).toHaveProperty(factory);
    expect(info.name).toMatch(/^[a-z0-9-]+(\([a-z0-9-]+(, [a-z0-9-]+)*\))?$/);
    expect(info.problems.length).toBeGreaterThan(0);
    for (const text of [info.meanField, info.cost, info.whenToChoose, info.source])
      expect(text.length).toBeGreaterThan(3);
    const noisy = info.problems.some((kind) => kind === 'sde' || kind === 'jump-diffusion');
    expect(info.calculus !== undefined).toBe(noisy);
    expect(info.noise !== undefined).toBe(noisy);
  });

  it('lists every scheme factory that is exported', () => {
    const listed = new Set(schemes.schemeTable.map((row) => row.factory));
    const others = new Set(['refusal', 'schemesFor', 'schemeTable']);
    const factories = Object.keys(schemes).filter((name) => !others.has(name));
    expect(factories.filter((name) => !listed.has(name))).toEqual([]);
  });
});
