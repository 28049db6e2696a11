import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { noCache } from '../../bench/rates/cache.ts';
import { measureRates } from '../../bench/rates/measure.ts';
import { ratesPage } from '../../bench/rates/page.ts';
import { pictures } from '../../bench/rates/pictures.ts';
import { createPool } from '../../bench/rates/pool.ts';
import { type Results, readResults, resultsText } from '../../bench/rates/results.ts';
import { PHASE_IDS } from '../../src/dropout/index.ts';
import { chartSvg } from '../../src/report/charts/svg.ts';
import { root } from '../structure/files.ts';

// Numbers of so small a run mean nothing: what is checked is that everything is there, and where the page puts it.
describe('a small run', () => {
  let results: Results;

  beforeAll(async () => {
    const pool = createPool({ threads: 0, cache: noCache });
    results = await measureRates({ budget: 'quick', seed: 1, threads: 1, pool, only: /^tanh-squared/ });
    await pool.close();
  });

  test('measures three errors in each phase, against the exponents of the table', () => {
    expect(results.experiments.map(({ phase }) => phase.id)).toEqual([...PHASE_IDS]);
    expect(results.experiments.map(({ errors }) => errors.map(({ predicted }) => predicted))).toEqual([
      [-0.25, -0.5, -0.5],
      [-0.25, -0.5, -0.5],
      [-0.5, -0.5, -1],
      [-0.25, -0.5, -0.5],
      [-1, -0.5, -1],
    ]);
    // Errors of order one and probability O(1/n): the root mean square falls half as fast as the mean.
    expect(results.experiments.map(({ meanSquarePath }) => meanSquarePath.predicted)).toEqual([
      -0.25, -0.25, -0.5, -0.25, -0.5,
    ]);
    for (const { errors } of results.experiments)
      for (const { error, widths, values, fit, noFit } of errors) {
        expect(values).toHaveLength(widths.length);
        if (error !== 'bias') expect(Math.min(...values)).toBeGreaterThan(0);
        expect((fit === undefined) !== (noFit === undefined)).toBe(true);
      }
    expect(results.variants.map(({ variant }) => variant)).toEqual(['propagation-noise', 'independent-masks']);
  });

  test('path errors fall from the first width to the last', () => {
    for (const { errors } of results.experiments) expect(errors[0]!.values.at(-1)).toBeLessThan(errors[0]!.values[0]!);
  });

  test('survives JSON, and makes a page with a row for each error and a picture for each phase', () => {
    const page = ratesPage(readResults(resultsText(results)));
    expect(page.match(/^\| (path|fluctuation|bias) −/gm)).toHaveLength(15);
    const shown = [...page.matchAll(/\]\(rates\/([a-z-]+\.svg)\)/g)].map((match) => match[1]);
    expect(shown.sort()).toEqual(Object.keys(pictures(results)).sort());
  });
});

describe('the published page', () => {
  const read = (path: string) => readFileSync(join(root, 'docs', path), 'utf8');
  const results = readResults(read('rates.json'));

  test('is made from the published numbers', () => {
    expect(results.budget).toBe('full');
    expect(results.experiments.flatMap(({ errors }) => errors)).toHaveLength(60);
    expect(ratesPage(results)).toBe(read('rates.md'));
  });

  test('shows pictures made from them', async () => {
    for (const [name, spec] of Object.entries(pictures(results)))
      expect(await chartSvg(spec)).toBe(read(`rates/${name}`));
  });
});
