import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as kernels from '../src/kernels/index.ts';
import { activeSetInto, stream } from '../src/random/index.ts';
import { hashedSetInto, inputsOf, type Problem, startOf, targetsOf } from './problem.ts';

/** A program that takes dropout steps. */
export interface Contender {
  readonly name: string;
  /** Takes `steps` steps with the hashed active sets from the start, and returns the loss of the full network. */
  check(steps: number): Promise<number>;
  /** Takes `steps` further steps with active sets of its own generator, and returns the seconds of processor time. */
  time(steps: number): Promise<number>;
  close(): void;
}

const NAMES: Readonly<Record<kernels.KernelImplementation, string>> = {
  plain: 'meanfield, plain',
  simd: 'meanfield, SIMD',
  'simd-fma': 'meanfield, SIMD with FMA',
};

/** This library, on one of its kernels; `from` may be the same modules of another checkout, which `name` then tells. */
export function ours(
  problem: Problem,
  implementation: kernels.KernelImplementation,
  from: Pick<typeof kernels, 'ACTIVATIONS' | 'perceptronKernel'> = kernels,
  name = NAMES[implementation],
): Contender {
  const { n, m, d, q } = problem;
  const kernel = from.perceptronKernel(
    { data: inputsOf(problem), rows: m, columns: d },
    from.ACTIVATIONS[problem.activation],
    false,
    { implementation },
  );
  const targets = targetsOf(problem);
  const x = startOf(problem);
  const set = new Int32Array(n);
  const f = new Float64Array(m);
  const residual = new Float64Array(m);
  const rng = stream(1);
  const fused = kernel.squaredLossStep?.(targets, new Float64Array(m).fill(1 / m));
  const step = (count: number) => {
    const active = q >= 1 ? null : set;
    if (fused !== undefined) {
      fused(x, active, count, 1 / (q * n), 0.05);
      return;
    }
    kernel.forward(x, active, count, f);
    for (let j = 0; j < m; j++) residual[j] = (f[j]! / (q * n) - targets[j]!) / m;
    kernel.descend(x, residual, 0.05);
  };
  return {
    name,
    async check(steps) {
      for (let t = 0; t < steps; t++) step(hashedSetInto(problem, t, set));
      kernel.forward(x, null, n, f);
      return f.reduce((sum, value, j) => sum + (value / n - targets[j]!) ** 2, 0) / (2 * m);
    },
    async time(steps) {
      const start = process.cpuUsage();
      for (let t = 0; t < steps; t++) step(q >= 1 ? n : activeSetInto(rng, n, q, set));
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    },
    close() {},
  };
}

/** A program in peers/ that answers `check STEPS` and `time STEPS`, a line each, with one number; null if it won't start. */
export function peer(name: string, problem: Problem, command: readonly string[] | null): Contender | null {
  if (command === null) return null;
  const { n, m, d, q, activation } = problem;
  const child = spawn(command[0]!, [...command.slice(1), ...[n, m, d, q, activation].map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question: string) => {
    child.stdin.write(`${question}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended without an answer to ${question}`);
    return Number(value);
  };
  return {
    name,
    check: (steps) => ask(`check ${steps}`),
    time: (steps) => ask(`time ${steps}`),
    close: () => child.kill(),
  };
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The NumPy peer's command, or null without Python and NumPy. */
export function numpyCommand(): string[] | null {
  const found = spawnSync('python3', ['-c', 'import numpy']).status === 0;
  return found ? ['python3', here('peers/dropout_step.py')] : null;
}

/** Compiles the C++ peer; null without g++. */
export function compiledCommand(): string[] | null {
  const source = here('peers/dropout_step.cpp');
  const target = join(mkdtempSync(join(tmpdir(), 'meanfield-bench-')), 'dropout_step');
  const { status } = spawnSync('g++', ['-O3', '-march=native', '-std=c++17', source, '-o', target], {
    stdio: 'inherit',
  });
  return status === 0 && existsSync(target) ? [target] : null;
}
