/**
 * How much memory does a run of training take? `npx tsx bench/memory.ts [width]` (default 10⁷ neurons) prints bytes a neuron: the
 * largest resident set of a process that makes three steps and sums the predictions, less that of the same program with
 * 1000 neurons. Each run has a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { train } from '../src/dropout/index.ts';
import { learningTask, perceptron, perceptronNormals } from '../src/network/index.ts';
import { normal, stream } from '../src/random/index.ts';

interface Case {
  readonly m: number;
  readonly d: number;
  readonly q: number;
}

const CASES: readonly Case[] = [
  { m: 4, d: 8, q: 0.01 },
  { m: 4, d: 8, q: 1 },
  { m: 128, d: 8, q: 0.01 },
  { m: 128, d: 8, q: 0.1 },
];

if (process.argv[2] === 'run') {
  const [n, m, d, q] = process.argv.slice(3).map(Number) as [number, number, number, number];
  console.log(`${run(n, { m, d, q })} ${process.resourceUsage().maxRSS}`);
} else table(Number(process.argv[2] ?? 1e7));

function table(n: number): void {
  console.log(
    '| n, m, d, q | bytes a neuron | of them particles | peak, GB | s a step |\n| --- | --- | --- | --- | --- |',
  );
  for (const each of CASES) {
    const [, base] = measured(1000, each);
    const [seconds, peak] = measured(n, each);
    const { m, d, q } = each;
    const cells = [
      `${n}, ${m}, ${d}, ${q}`,
      ((peak - base) / n).toFixed(0),
      8 * (d + 1),
      (peak / 1e9).toFixed(2),
      seconds.toPrecision(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Seconds a step and peak in bytes of a process of its own. */
function measured(n: number, { m, d, q }: Case): [number, number] {
  const file = fileURLToPath(import.meta.url);
  const args = [...process.execArgv, file, 'run', ...[n, m, d, q].map(String)];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [seconds, kilobytes] = stdout.trim().split(' ').map(Number);
  return [seconds!, 1024 * kilobytes!];
}

/** Seconds a step. */
function run(width: number, { m, d, q }: Case): number {
  const rng = stream(1);
  const inputs = Array.from({ length: m }, () => Float64Array.from({ length: d }, () => normal(rng)));
  const task = learningTask({
    neuron: perceptron({ inputs }),
    targets: inputs.map((z) => z[0]!),
    initial: perceptronNormals({ dimension: d + 1 }),
  });
  const { seconds, outcome } = train(task, { width, learningRate: 0.05 * q, keepRate: q, steps: 3, rng });
  if (outcome.code !== 'completed') throw new Error(outcome.message);
  return seconds / 3;
}
