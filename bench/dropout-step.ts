/**
 * How long does one dropout step take, against NumPy and C++? `npx tsx bench/dropout-step.ts [rounds] [checkout]` prints the
 * table that RESULTS.md keeps; another checkout of this repository takes part if its folder is given. All programs run in turn on one thread, a short block of steps each, round after round. Times are processor
 * time; a ratio is the median of the rounds' ratios, and beside it stands the ratio of the fastest blocks, which a busy
 * machine disturbs least.
 */
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { type Contender, compiledCommand, numpyCommand, ours, peer } from './contender.ts';
import type { Problem } from './problem.ts';
import { median, quartiles } from './statistics.ts';

const PROBLEMS: readonly Problem[] = [
  { n: 100_000, m: 128, d: 32, q: 1, activation: 'tanh' },
  { n: 100_000, m: 128, d: 32, q: 0.1, activation: 'tanh' },
  { n: 100_000, m: 128, d: 32, q: 0.01, activation: 'tanh' },
  { n: 10_000, m: 128, d: 16, q: 0.1, activation: 'relu' },
  { n: 100_000, m: 32, d: 2, q: 0.1, activation: 'tanh' },
  { n: 4000, m: 64, d: 4, q: 1, activation: 'tanh' },
  { n: 1000, m: 64, d: 4, q: 0.25, activation: 'tanh' },
  { n: 100, m: 64, d: 4, q: 1, activation: 'tanh' },
];

// For the kernels with fused multiply-adds; newer versions of Node don't need it.
if (process.version.startsWith('v20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

const rounds = Number(process.argv[2] ?? 15);
const other = process.argv[3];
const there = other === undefined ? null : await import(pathToFileURL(resolve(other, 'src/kernels/index.ts')).href);
const cpp = compiledCommand();
const numpy = numpyCommand();
console.log(
  `${cpus()[0]!.model}, Node ${process.version}; medians of ${rounds} interleaved rounds (quartiles of ratios)\n`,
);
console.log(
  '| n, m, d, q, σ | program | ms a step | time / C++ | quartiles | fastest / C++ |\n| --- | --- | --- | --- | --- | --- |',
);
for (const problem of PROBLEMS) await compare(problem);

async function compare(problem: Problem): Promise<void> {
  const programs = [
    peer('C++', problem, cpp),
    ours(problem, 'simd'),
    ours(problem, 'simd-fma'),
    there === null ? null : ours(problem, 'simd', there, 'the other checkout, SIMD'),
    ours(problem, 'plain'),
    peer('NumPy, gathered rows', problem, numpy),
  ].filter((program): program is Contender => program !== null);
  const losses: number[] = [];
  for (const program of programs) losses.push(await program.check(3));
  const spread = Math.max(...losses) / Math.min(...losses) - 1;
  if (!(spread < 1e-10)) throw new Error(`the programs differ: losses ${losses.join(', ')}`);
  const { n, m, d, q, activation } = problem;
  // Blocks of about 30 ms for the fastest program.
  const steps = Math.max(1, Math.round(0.03 / (await programs[0]!.time(1))));
  const times = programs.map(() => [] as number[]);
  for (let round = -1; round < rounds; round++)
    for (const [i, program] of programs.entries()) {
      const seconds = (await program.time(steps)) / steps;
      if (round >= 0) times[i]!.push(seconds);
    }
  for (const [i, program] of programs.entries()) {
    program.close();
    const ratios = times[i]!.map((value, round) => value / times[0]![round]!);
    const [low, high] = quartiles(ratios);
    const label = `${n}, ${m}, ${d}, ${q}, ${activation}`;
    const cells = [label, program.name, (1000 * median(times[i]!)).toPrecision(3), median(ratios).toFixed(2)];
    const fastest = Math.min(...times[i]!) / Math.min(...times[0]!);
    console.log(`| ${[...cells, `${low.toFixed(2)}–${high.toFixed(2)}`, fastest.toFixed(2)].join(' | ')} |`);
  }
}
