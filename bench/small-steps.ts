/**
 * What a step costs when few neurons are active: m = 64 samples, d = 4 inputs and a bias, tanh, squared loss, a hundred neurons.
 * `npx tsx bench/small-steps.ts [rounds] [checkout]` prints µs a step, and, given another checkout of this repository, the ratio
 * to it: both run in one process, in turn, and the ratio is the median of the rounds' ratios.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { normal, stream } from '../src/random/index.ts';
import { median, quartiles } from './statistics.ts';

const SAMPLES = 64;
const INPUTS = 4;
const WIDTH = 100;
const COUNTS = [1, 2, 3, 4, 8, 16, 32];
const VARIANTS = ['dropout', 'random-geometry'] as const;

interface Modules {
  network: typeof import('../src/network/index.ts');
  finite: typeof import('../src/dropout/train/network.ts');
  dropout: typeof import('../src/dropout/train/dropout.ts');
  randomGeometry: typeof import('../src/dropout/train/random-geometry.ts');
}

async function modulesOf(root: string): Promise<Modules> {
  const load = (file: string) => import(pathToFileURL(resolve(root, 'src', file)).href);
  return {
    network: await load('network/index.ts'),
    finite: await load('dropout/train/network.ts'),
    dropout: await load('dropout/train/dropout.ts'),
    randomGeometry: await load('dropout/train/random-geometry.ts'),
  };
}

/** A loop of steps with sets of the given size, for one variant, which returns the seconds of processor time that it took. */
function runner(modules: Modules, variant: (typeof VARIANTS)[number], count: number): (steps: number) => number {
  const rng = stream(1);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => normal(rng)));
  const targets = Float64Array.from({ length: SAMPLES }, () => normal(rng));
  const neuron = modules.network.perceptron({ inputs: matrix(SAMPLES, INPUTS), activation: 'tanh', bias: true });
  const start = matrix(WIDTH, INPUTS + 2);
  const initial = modules.network.fixedPoints(start);
  const task = modules.network.learningTask({ neuron, targets, initial });
  const network = new modules.finite.FiniteNetwork(task, Float64Array.from(start.flat()), 0.01, count / WIDTH);
  const factory = variant === 'dropout' ? modules.dropout.dropoutStep : modules.randomGeometry.randomGeometryStep;
  const step = factory(network);
  const sets = Array.from({ length: 64 }, (_, t) => ({
    indices: Int32Array.from({ length: count }, (_, i) => (i * Math.floor(WIDTH / count) + t) % WIDTH).sort(),
    count,
  }));
  return (steps) => {
    const from = process.cpuUsage();
    for (let t = 0; t < steps; t++) step(sets[t & 63]!, sets[t & 63]!);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1e6;
  };
}

const rounds = Number(process.argv[2] ?? 15);
const roots = [resolve(import.meta.dirname, '..'), ...(process.argv[3] === undefined ? [] : [process.argv[3]])];
const programs = await Promise.all(roots.map(modulesOf));
console.log(
  '| variant | active | µs a step | µs a neuron | there | ratio | quartiles | fastest |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
);
for (const variant of VARIANTS)
  for (const count of COUNTS) {
    const runners = programs.map((modules) => runner(modules, variant, count));
    const steps = Math.ceil(16000 / (count + 2));
    const times = runners.map(() => [] as number[]);
    for (let round = -3; round < rounds; round++)
      for (const [i, run] of runners.entries()) {
        const seconds = run(steps) / steps;
        if (round >= 0) times[i]!.push(1e6 * seconds);
      }
    const here = times[0]!;
    const there = times[1] ?? here;
    const ratios = here.map((time, i) => there[i]! / time);
    const [low, high] = quartiles(ratios);
    const cells = [median(here), median(here) / count, median(there), median(ratios)].map((x) => x.toFixed(2));
    const spread = `${low.toFixed(2)}–${high.toFixed(2)}`;
    const fastest = (Math.min(...there) / Math.min(...here)).toFixed(2);
    console.log(`| ${[variant, count, ...cells, spread, fastest].join(' | ')} |`);
  }
