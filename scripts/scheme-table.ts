/** Writes docs/schemes.md from the table of schemes: `npx tsx scripts/scheme-table.ts`. With `--check` it only says whether the page is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { schemesPage } from './schemes-page.ts';

const page = new URL('../docs/schemes.md', import.meta.url);
const text = schemesPage();

if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    console.error('docs/schemes.md is out of date: npx tsx scripts/scheme-table.ts');
    process.exitCode = 1;
  }
} else writeFileSync(page, text);
