/**
 * `npm run bench`: all tables, or those named: `npm run bench -- draws limits`. `--quick` takes a short look and writes nothing; otherwise
 * each table replaces the one of its name in RESULTS.md, and the words around it stay.
 *
 * A table is a program beside this one that prints Markdown; it runs in a process of its own, so that tables disturb neither each other's
 * memory nor each other's compiled code.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { insertTable } from './results.ts';

/** Table by table: the question. */
const TABLES: Readonly<Record<string, string>> = {
  'dropout-step': 'One dropout step, against C++ and NumPy',
  limits: 'Limits: cost of a step, time to an accuracy',
  distances: 'Distances, against SciPy',
  'distance-growth': 'Distances: growth with N, and memory',
  draws: 'Random draws, against NumPy and pure-rand',
  random: 'Random draws: all laws, clocks and masks',
  cost: 'Growth of a step with n, m, d and 1/q',
  events: 'Exact events: growth with N',
  threads: 'Threads',
  memory: 'Memory',
  size: 'Size of the package',
};

const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const quick = process.argv.includes('--quick');
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const unknown = names.find((name) => !(name in TABLES));
if (unknown !== undefined) {
  console.error(`there is no table ${unknown}; there are ${Object.keys(TABLES).join(', ')}`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(TABLES)) {
  const title = TABLES[name] ?? name;
  console.log(`\n## ${title}\n\n${conditions(name)}\n`);
  const text = await output(name);
  if (text === null) process.exitCode = 1;
  else if (!quick) {
    const results = path('RESULTS.md');
    writeFileSync(
      results,
      insertTable(readFileSync(results, 'utf8'), name, title, `${conditions(name)}\n\n${text.trim()}`),
    );
  }
}

/** The machine and what it was doing, without names. */
function conditions(name: string): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const busy = loadavg()[0]!.toFixed(0);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}: ${model}, ${cpus().length} cores with ${busy} runnable processes, Node ${process.version}${name === 'threads' ? '' : ', one thread'}.`;
}

/** Shows what a table prints while it does, and returns it; null if it failed. */
function output(name: string): Promise<string | null> {
  const args = [...process.execArgv, path(`${name}.ts`), ...(quick ? ['--quick'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    process.stdout.write(piece);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0 ? text : null)));
}
