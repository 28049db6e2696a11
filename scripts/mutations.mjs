// npm run mutations: breaks the code on purpose, one line at a time, in a copy of the tree, and checks that a test notices.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib.mjs';

/** What is broken: in `file`, `from` becomes `to`; `tests` must then fail. */
const MUTATIONS = [
  {
    name: 'the penalty of the penalized flow is dropped',
    file: 'src/dropout/limit/penalized-flow.ts',
    from: 'kernel.pullBackInto(cloud, residual(s), penalty, -1, out)',
    to: 'kernel.pullBackInto(cloud, residual(s), penalty.length > 0 ? null : penalty, -1, out)',
    tests: ['test/dropout/limit.test.ts'],
  },
  {
    name: 'λ_n is replaced by 1/(qn) in the oracle',
    file: 'src/dropout/oracle/linear.ts',
    from: 'const lambda = v / n;',
    to: 'const lambda = 1 / (q * n);',
    tests: ['test/dropout/train-oracle.test.ts'],
  },
  {
    name: 'a dropout step moves by τ in place of τ/q',
    file: 'src/dropout/train/dropout.ts',
    from: 'network.residual, learningRate / keepRate)',
    to: 'network.residual, learningRate)',
    tests: ['test/dropout/train-oracle.test.ts', 'test/dropout/train.test.ts'],
  },
  {
    name: 'the same mask is used at every step',
    file: 'src/dropout/train/masks.ts',
    from: 'set.count = activeSetInto(forward, width, keepRate, set.indices);',
    to: 'set.count = activeSetInto(forward.clone(), width, keepRate, set.indices);',
    tests: ['test/dropout/train-oracle.test.ts'],
  },
  {
    name: 'the Poisson clock rings regularly',
    file: 'src/scheme/jump/event-stepper.ts',
    from: 'exponential(',
    to: '((_: unknown) => 1)(',
    tests: ['test/dropout/limit.test.ts'],
  },
  {
    name: 'a penalized jump leaves the neuron itself out of its prediction',
    file: 'src/dropout/limit/penalized-jump.ts',
    from: 'kernel.featuresInto(cloud, sums);',
    to: 'sums.fill(0);',
    tests: ['test/dropout/limit.test.ts'],
  },
];

let failures = 0;
for (const mutation of MUTATIONS) {
  const copy = mkdtempSync(join(tmpdir(), 'meanfield-mutation-'));
  try {
    for (const path of ['src', 'test', 'data', 'examples', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
    const file = join(copy, mutation.file);
    const source = readFileSync(file, 'utf8');
    if (!source.includes(mutation.from)) {
      console.error(`FAIL  ${mutation.name}: ${mutation.file} has no ${JSON.stringify(mutation.from)}`);
      failures++;
      continue;
    }
    writeFileSync(file, source.replace(mutation.from, mutation.to));
    const caught = (await statusOf(copy, mutation.tests)) !== 0;
    console.error(`${caught ? 'ok  ' : 'FAIL'}  ${mutation.name}${caught ? '' : ': no test noticed'}`);
    if (!caught) failures++;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
console.error(`${MUTATIONS.length - failures} of ${MUTATIONS.length} mutations caught`);
process.exit(failures === 0 ? 0 : 1);

function statusOf(cwd, tests) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--bail', '1', ...tests], { cwd, stdio: 'ignore' });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}
