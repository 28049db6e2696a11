// npm run mutations [-- part of a name]: breaks the code on purpose, one idea at a time, in copies of the tree, and checks that a test
// notices: by an assertion that fails, not by code that no longer loads. The same tests must pass on the code as it is.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { ensureInstalled, root } from './lib.mjs';
import { MUTATIONS } from './mutation-list.mjs';

const AT_ONCE = 2;
const LEFT_OUT = /^(node_modules|\.git|dist(\..*)?|coverage|meanfield-out)$/;

ensureInstalled();
const wanted = process.argv.slice(2).join(' ');
const queue = MUTATIONS.filter(({ name }) => name.includes(wanted));
if (queue.length === 0) {
  console.error(`no mutation has ${JSON.stringify(wanted)} in its name`);
  process.exit(2);
}
const total = queue.length;
const folder = mkdtempSync(join(tmpdir(), 'meanfield-mutations-'));
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

const copies = Array.from({ length: AT_ONCE }, (_, i) => copyTree(`copy${i}`));
const sound = await runTests(copies[0], [...new Set(queue.map(({ test }) => test))], undefined, AT_ONCE);
if (sound.verdict !== 'passed') {
  console.error(`the tests must pass before anything is broken: ${sound.detail}`);
  process.exit(1);
}

let missed = 0;
await Promise.all(copies.map(work));
console.error(`${total - missed} of ${total} mutations were caught`);
process.exit(missed === 0 ? 0 : 1);

async function work(copy) {
  for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
    const begin = Date.now();
    const { verdict, detail } = await tryMutation(copy, mutation);
    const caught = verdict === 'failed';
    if (!caught) missed++;
    const seconds = ((Date.now() - begin) / 1000).toFixed(0).padStart(4);
    console.error(`${caught ? 'caught' : 'MISSED'} ${seconds} s  ${mutation.name}\n${' '.repeat(15)}${detail}`);
  }
}

async function tryMutation(copy, { edits, file, from, to, test, only }) {
  const all = edits ?? [{ file, from, to }];
  try {
    for (const edit of all) {
      const path = join(copy, edit.file);
      const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const count = source.split(edit.from).length - 1;
      if (count !== 1)
        return { verdict: 'stale', detail: `${edit.file} has ${count} times ${JSON.stringify(edit.from)}` };
      writeFileSync(
        path,
        source.replace(edit.from, () => edit.to),
      );
    }
    return await runTests(copy, [test], only, 1);
  } finally {
    for (const edit of all) if (existsSync(join(root, edit.file))) cpSync(join(root, edit.file), join(copy, edit.file));
  }
}

/** Runs test files in a copy: `passed`, `failed` with the test that did, or `broken` when something did not even load. */
async function runTests(copy, tests, only, workers) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const args = ['run', '--bail=1', `--maxWorkers=${workers}`, '--reporter=json', `--outputFile=${report}`];
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...args, ...(only ? ['-t', only] : []), ...tests],
    { cwd: copy, stdio: 'ignore' },
  );
  running.add(child);
  await new Promise((resolve) => child.on('close', resolve));
  running.delete(child);
  if (!existsSync(report)) return { verdict: 'broken', detail: 'vitest wrote no report' };
  const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  if (unloaded) return { verdict: 'broken', detail: unloaded.message.split('\n')[0] };
  if (numFailedTests > 0) {
    const failed = testResults.flatMap((file) => file.assertionResults).find(({ status }) => status === 'failed');
    const reason = failed.failureMessages[0]?.split('\n')[0] ?? '';
    // What throws anything but a broken expectation is broken code, which any test would notice.
    const verdict = /^(AssertionError|Error: Property failed|Error: Snapshot)/.test(reason) ? 'failed' : 'broken';
    return { verdict, detail: `${failed.fullName}: ${reason}` };
  }
  return numPassedTests > 0
    ? { verdict: 'passed', detail: 'no test noticed' }
    : { verdict: 'broken', detail: 'no test ran' };
}

function copyTree(name) {
  const copy = join(folder, name);
  cpSync(root, copy, { recursive: true, filter: (path) => !LEFT_OUT.test(relative(root, path).split(sep)[0]) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}
