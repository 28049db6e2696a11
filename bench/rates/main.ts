/**
 * Measures the rates of docs/theory.md section 4.4 and writes docs/rates.md, docs/rates/*.svg and docs/rates.json: `npm run rates`.
 * Finished parts are kept in node_modules/.cache, so that an interrupted run goes on; they are removed at the end.
 *
 *     npm run rates -- [--page | --quick | --pilot] [--seed N] [--threads N] [--only PATTERN] [--out FOLDER]
 *
 * --page writes the page and the pictures from docs/rates.json. --quick and --pilot run less. --only runs some experiments,
 * by names such as `tanh-squared poisson-jump`. These three need an --out, so that the published page stays as it is.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFileAtomic } from '../../src/experiment/output/atomic.ts';
import { chartSvg } from '../../src/report/charts/svg.ts';
import { folderCache } from './cache.ts';
import { measureRates, PILOT_SEED, PUBLISHED_SEED } from './measure.ts';
import { ratesPage } from './page.ts';
import { pictures } from './pictures.ts';
import { createPool } from './pool.ts';
import { type Results, readResults, resultsText } from './results.ts';

const root = join(import.meta.dirname, '..', '..');
const { values: asked } = parseArgs({
  options: {
    page: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    pilot: { type: 'boolean', default: false },
    seed: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string' },
    out: { type: 'string' },
  },
});

const partly = asked.quick || asked.pilot || asked.only !== undefined;
if (partly && asked.out === undefined) {
  console.error(
    '--out must be given with --quick, --pilot or --only: a folder other than docs/, whose page is that of a full run',
  );
  process.exit(2);
}
const out = asked.out ?? join(root, 'docs');
const numbers = join(out, 'rates.json');
const results = asked.page ? readResults(await readFile(numbers, 'utf8')) : await measure();
await write(results);

async function measure(): Promise<Results> {
  const budget = asked.quick ? 'quick' : asked.pilot ? 'pilot' : 'full';
  const seed = Number(asked.seed ?? (budget === 'full' ? PUBLISHED_SEED : PILOT_SEED));
  const threads = Number(asked.threads);
  const folder = join(root, 'node_modules', '.cache', 'meanfield', 'rates');
  const pool = createPool({ threads, cache: folderCache(folder, [join(root, 'src'), import.meta.dirname]) });
  const started = performance.now();
  try {
    const found = await measureRates({
      budget,
      seed,
      threads,
      pool,
      only: asked.only === undefined ? undefined : new RegExp(asked.only),
      progress: (name, done) => {
        const seconds = Math.round((performance.now() - started) / 1000);
        console.error(`${String(Math.round(100 * done)).padStart(3)} %  ${String(seconds).padStart(4)} s  ${name}`);
      },
    });
    if (!partly) await rm(folder, { recursive: true, force: true });
    return found;
  } finally {
    await pool.close();
  }
}

async function write(found: Results): Promise<void> {
  const folder = join(out, 'rates');
  await mkdir(folder, { recursive: true });
  for (const [name, spec] of Object.entries(pictures(found)))
    await writeFileAtomic(join(folder, name), await chartSvg(spec));
  if (!asked.page) await writeFileAtomic(numbers, resultsText(found));
  await writeFileAtomic(join(out, 'rates.md'), ratesPage(found));
}
