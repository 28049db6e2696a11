import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median, quartiles } from './statistics.ts';

/** Whether only a short look is wanted. */
export const quick = process.argv.includes('--quick');

/** What does some work and says how long it took. */
export interface Contestant {
  readonly name: string;
  /** Does one block of work; seconds of processor time. */
  time(): number | Promise<number>;
}

/** One contestant's times beside those of the first. */
export interface Standing {
  readonly name: string;
  /** Median, seconds. */
  readonly seconds: number;
  /** Median of the rounds' ratios to the first contestant, their quartiles, and the ratio of the fastest blocks. */
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
  readonly fastest: number;
}

/**
 * All contestants in turn, round after round, after one round of warming up. Ratios are taken within a round, so that a change of the
 * machine's speed meets both sides alike; the ratio of the fastest blocks is what a busy machine disturbs least.
 */
export async function compare(contestants: readonly Contestant[], rounds: number): Promise<Standing[]> {
  const times = contestants.map(() => [] as number[]);
  for (let round = -1; round < rounds; round++)
    for (const [i, contestant] of contestants.entries()) {
      const seconds = await contestant.time();
      if (round >= 0) times[i]!.push(seconds);
    }
  return contestants.map(({ name }, i) => {
    const ratios = times[i]!.map((value, round) => value / times[0]![round]!);
    return {
      name,
      seconds: median(times[i]!),
      ratio: median(ratios),
      quartiles: quartiles(ratios),
      fastest: Math.min(...times[i]!) / Math.min(...times[0]!),
    };
  });
}

/** Seconds of processor time of a call. */
export function cpuSeconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** This process's own work, as often as it takes to fill a block. */
export function ours(name: string, work: () => unknown, repetitions = 1): Contestant {
  return {
    name,
    time: () =>
      cpuSeconds(() => {
        for (let r = 0; r < repetitions; r++) work();
      }),
  };
}

/** A Python program in peers/ that answers each line of arguments with one line of JSON; null where a module it needs is missing. */
export interface PythonPeer {
  ask(question: string): Promise<number[]>;
  close(): void;
}

export function pythonPeer(file: string, modules: readonly string[]): PythonPeer | null {
  if (spawnSync('python3', ['-c', `import ${modules.join(', ')}`]).status !== 0) return null;
  const child = spawn('python3', [fileURLToPath(new URL(`peers/${file}`, import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${file} ended without an answer to ${question}`);
      return JSON.parse(value);
    },
    close: () => child.kill(),
  };
}

/** Prints one line of a Markdown table. */
export function row(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

/** Prints the head of a Markdown table. */
export function head(...names: readonly string[]): void {
  row(...names);
  row(...names.map(() => '---'));
}

/** Ratio columns of a standing: ratio, quartiles, fastest. */
export function ratios({ ratio, quartiles: [low, high], fastest }: Standing): string[] {
  return [ratio.toFixed(2), `${low.toFixed(2)}–${high.toFixed(2)}`, fastest.toFixed(2)];
}

/** Three significant digits, without an exponent where people don't expect one. */
export function short(value: number): string {
  return value >= 1000 && value < 1e7 ? value.toFixed(0) : value.toPrecision(3);
}
