/**
 * What do threads within a run gain? `npx tsx bench/threads.ts [rounds] [threads]` prints the time of a step of `train` on one thread
 * and on several, in turn, round after round, in wall time. The ratio of the medians says what this machine gave; that of the
 * fastest blocks is what the program can do, as long as each round has a moment with that many free cores.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { train } from '../src/dropout/index.ts';
import { startTeam } from '../src/experiment/executor/start-team.ts';
import { independentNormals, learningTask, perceptron, type Team } from '../src/network/index.ts';
import { stream } from '../src/random/index.ts';
import { inputsOf, type Problem, startOf, targetsOf } from './problem.ts';
import { median } from './statistics.ts';

const PROBLEMS: readonly Problem[] = [
  { n: 100_000, m: 128, d: 32, q: 1, activation: 'tanh' },
  { n: 100_000, m: 128, d: 32, q: 0.1, activation: 'tanh' },
  { n: 100_000, m: 128, d: 32, q: 0.01, activation: 'tanh' },
  { n: 100_000, m: 32, d: 2, q: 0.1, activation: 'tanh' },
  { n: 4000, m: 64, d: 4, q: 1, activation: 'tanh' },
  { n: 1000, m: 64, d: 4, q: 0.25, activation: 'tanh' },
];

const rounds = Number(process.argv[2] ?? 15);
const threads = Number(process.argv[3] ?? Math.max(2, availableParallelism()));
const team = await startTeam({ threads });
console.log(
  `${cpus()[0]!.model}, ${availableParallelism()} cores, Node ${process.version}; ${rounds} interleaved rounds\n`,
);
console.log(
  `| n, m, d, q, σ | ms a step, 1 thread: fastest, median | ${threads} threads: fastest, median | fastest: 1 / ${threads} | median: 1 / ${threads} | processor: 1 / busiest of ${threads} |`,
);
console.log('| --- | --- | --- | --- | --- | --- |');
for (const problem of PROBLEMS) compare(problem);
await team.close();

function compare(problem: Problem): void {
  const { n, m, d, q, activation } = problem;
  const rows = (data: Float64Array, width: number) =>
    Array.from({ length: data.length / width }, (_, i) => data.subarray(i * width, (i + 1) * width));
  const task = learningTask({
    neuron: perceptron({ inputs: rows(inputsOf(problem), d), activation }),
    targets: targetsOf(problem),
    initial: independentNormals(new Float64Array(d + 1).fill(1)),
  });
  const start = rows(startOf(problem), d + 1);
  // Blocks of some milliseconds, after the first steps, in which arrays grow.
  const block = Math.ceil(1e7 / (n * q * m * d));
  const work = (shared: Team | undefined): Work => {
    const saveAt = Array.from({ length: 6 }, (_, i) => (i + 1) * block * 0.05 * q);
    const { saved } = train(task, {
      start,
      learningRate: 0.05 * q,
      keepRate: q,
      steps: 6 * block,
      rng: stream(1),
      saveAt,
      save: () => ({ now: performance.now(), processor: processorTimes() }),
      ...(shared && { team: shared }),
    });
    const before = saved[0]!.processor;
    const busiest = Math.max(...[...saved.at(-1)!.processor].map(([thread, time]) => time - (before.get(thread) ?? 0)));
    return { blocks: saved.slice(1).map(({ now }, i) => (now - saved[i]!.now) / block), busiest };
  };
  const [alone, together]: [number[], number[]] = [[], []];
  const busiest: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const pair = [work(undefined), work(team)] as const;
    if (round < 0) continue;
    alone.push(...pair[0].blocks);
    together.push(...pair[1].blocks);
    busiest.push(pair[0].busiest / pair[1].busiest);
  }
  const [a, b] = [alone, together].map((all) => [Math.min(...all), median(all)] as const) as [
    readonly [number, number],
    readonly [number, number],
  ];
  const show = ([fastest, middle]: readonly [number, number]) => `${fastest.toPrecision(3)}, ${middle.toPrecision(3)}`;
  const label = `${n}, ${m}, ${d}, ${q}, ${activation}`;
  console.log(
    `| ${[label, show(a), show(b), (a[0] / b[0]).toFixed(2), (a[1] / b[1]).toFixed(2), median(busiest).toFixed(2)].join(' | ')} |`,
  );
}

interface Work {
  /** Milliseconds a step of each block. */
  readonly blocks: readonly number[];
  /** Nanoseconds of processor time of the thread that took most. */
  readonly busiest: number;
}

/** Nanoseconds on a processor by thread; empty where the system does not tell. */
function processorTimes(): Map<string, number> {
  const folder = '/proc/self/task';
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).map((thread) => [
      thread,
      Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
    ]),
  );
}
