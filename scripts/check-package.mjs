// npm run package: builds and packs the package, installs the tarball into an empty folder as a user would, and tries it there: every
// export from ESM and CommonJS, the types in both, the program, a browser. Prints the sizes.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { ensureInstalled, root } from './lib.mjs';
import { PROGRAMS, sizeOf } from './sizes.mjs';

const ENTRIES = ['meanfield', 'meanfield/testing', 'meanfield/experiment', 'meanfield/report'];
const WANTED = ['LICENSE', 'NOTICE.md', 'README.md', 'CHANGELOG.md', 'data/banknote.csv', 'examples/banknote.json'];
/** What a browser gives beside the language itself, as far as the core may use it. */
const BROWSER = { console, performance, atob, btoa, TextEncoder, TextDecoder, structuredClone, AbortController, URL };

ensureInstalled();
const { build } = await import('esbuild');
const { publint } = await import('publint');
const { formatMessage } = await import('publint/utils');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'meanfield-package-'));
const user = join(folder, 'user');
const installed = join(user, 'node_modules', 'meanfield');
let failures = 0;
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

const tarball = await step('build and pack', () => {
  run(root, 'npm', ['pack', '--pack-destination', folder]);
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz')),
  );
});
await step('publint', async () => {
  run(folder, 'tar', ['-xzf', tarball]);
  const { messages } = await publint({ pkgDir: join(folder, 'package'), pack: false, strict: true });
  if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, manifest)).join('\n'));
});
await step('are the types wrong', () =>
  node(root, bin('@arethetypeswrong/cli', 'attw'), tarball, '--profile', 'node16', '--no-emoji'),
);
await step('install into an empty folder', () => {
  mkdirSync(user);
  write('package.json', JSON.stringify({ name: 'user', private: true, type: 'module' }));
  const fastCheck = `fast-check@${manifest.devDependencies['fast-check']}`;
  run(user, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball, fastCheck]);
});
await step('what is in it', checkContent);
for (const entry of ENTRIES) await step(`${entry} from ESM and CommonJS`, () => checkEntry(entry));
await step('JSON exports', () => {
  const require = createRequire(join(user, 'index.js'));
  if (require('meanfield/package.json').version !== manifest.version) throw new Error('another version was installed');
  if (typeof require('meanfield/experiment.schema.json').properties !== 'object') throw new Error('no schema');
});
await step('types from ESM and CommonJS', checkTypes);
await step('the program', checkProgram);
await step('a study on threads from ESM and CommonJS', checkThreads);
await step('a browser', checkBrowser);
await step('sizes', checkSizes);

console.error(failures === 0 ? 'the package is in order' : `${failures} of the checks failed`);
process.exit(failures === 0 ? 0 : 1);

async function step(name, check) {
  const begin = performance.now();
  try {
    return await check();
  } catch (error) {
    failures++;
    console.error(`FAILED  ${name}: ${error.message}`);
    if (name === 'build and pack' || name.startsWith('install')) process.exit(1);
  } finally {
    console.error(`${((performance.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  }
}

function checkContent() {
  for (const path of WANTED) if (!existsSync(join(installed, path))) throw new Error(`${path} is missing`);
  const files = filesBelow(installed).map((path) => relative(installed, path));
  const strange = files.filter((path) => !/^(dist|data|docs|examples|schema|bench.RESULTS\.md$|[^/\\]+$)/.test(path));
  if (strange.length > 0) throw new Error(`what are ${strange.join(', ')}?`);
  const secrets = [root, tmpdir(), process.env.HOME, 'file://'].filter((text) => text !== undefined && text.length > 1);
  for (const path of files) {
    const text = readFileSync(join(installed, path), 'utf8');
    const secret = secrets.find((each) => text.includes(each === '/tmp' ? '/tmp/' : `${each}/`));
    if (secret !== undefined) throw new Error(`${path} holds a path of this machine, ${secret}`);
    if (!path.endsWith('.map')) continue;
    const outside = JSON.parse(text).sources.find((source) => !/^(\.\.\/)+(src\/|package\.json|schema\/)/.test(source));
    if (outside !== undefined) throw new Error(`${path} maps to ${outside}`);
  }
}

/** Both module systems give the same names, and all of them hold something. */
function checkEntry(entry) {
  const list = `(all) => console.log(JSON.stringify(Object.keys(all).filter((name) => name !== 'default' && name !== 'module.exports')
    .filter((name) => { if (all[name] === undefined) throw new Error(name + ' is undefined'); return true; }).sort()))`;
  write('names.mjs', `(${list})(await import('${entry}'));\n`);
  write('names.cjs', `(${list})(require('${entry}'));\n`);
  const [esm, cjs] = ['names.mjs', 'names.cjs'].map((file) => JSON.parse(node(user, file)));
  if (esm.length === 0) throw new Error('it exports nothing');
  const differing = [...esm.filter((name) => !cjs.includes(name)), ...cjs.filter((name) => !esm.includes(name))];
  if (differing.length > 0) throw new Error(`only one of ESM and CommonJS has ${differing.join(', ')}`);
}

function checkTypes() {
  const text = `
import { classify, type LearningTask, learningTask, perceptron, perceptronNormals, stream, train } from 'meanfield';
import * as testing from 'meanfield/testing';
import { readExperiment } from 'meanfield/experiment';
import { renderReport, type VerifyReport } from 'meanfield/report';
const neuron = perceptron({ inputs: [[0, 1], [1, 0]], activation: 'tanh' });
const task: LearningTask = learningTask({ neuron, targets: [1, -1], initial: perceptronNormals({ dimension: neuron.dimension }) });
export const predictions: Float64Array = train(task, { width: 4, learningRate: 0.1, keepRate: 0.5, steps: 1, rng: stream(1) }).predictions;
export const id: string | null = classify({ learningRateExponent: 1, keepRateExponent: 1 }).phase;
export const rest = { readExperiment, renderReport, testing };
export type Rest = VerifyReport;
// @ts-expect-error the keep rate is a number
train(task, { width: 4, learningRate: 0.1, keepRate: '0.5', steps: 1, rng: stream(1) });
`;
  write('esm.mts', text);
  write('cjs.cts', text);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: 'node16',
    types: [],
  };
  const blocks = codeOfGuides();
  for (const [name, code] of blocks) write(name, `${code}\nexport {};\n`);
  const files = ['esm.mts', 'cjs.cts', ...blocks.map(([name]) => name)];
  write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
  node(user, bin('typescript', 'tsc'), '-p', '.');
}

/** The TypeScript of the README and the guides, as files by name. */
function codeOfGuides() {
  const guides = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))];
  return guides
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code], i) => [
        `${path.replace(/\W/g, '-')}-${i}.mts`,
        code,
      ]),
    );
}

function checkProgram() {
  const npx = (...args) => run(user, 'npx', ['--no', '--', 'meanfield', ...args]);
  const version = npx('--version').trim();
  if (version !== manifest.version) throw new Error(`--version printed ${version}`);
  const exponents = ['--learning-rate-exponent', '0.5', '--keep-rate-exponent', '0.5'];
  const { phase } = JSON.parse(npx('classify', ...exponents, '--json'));
  if (phase !== 'poisson-jump') throw new Error(`classify gave ${phase}`);
  const example = join('node_modules', 'meanfield', 'examples', 'banknote.json');
  const rates = [
    '--learning-rate',
    '0.1',
    '--keep-rate',
    '0.5',
    '--width',
    '16',
    '--replicates',
    '8',
    '--threads',
    '2',
  ];
  const { predictions } = JSON.parse(npx('simulate', example, ...rates, '--json', '--quiet'));
  if (predictions?.mean?.length !== 64) throw new Error('simulate gave no predictions');
}

/** A user's own sampler on two threads, both it and the program as ESM and as CommonJS: all draw the same replicates. */
function checkThreads() {
  const options = '{ sizes: [1, 2, 4], replicates: 20, rng: stream(1) }';
  const sample = '({ size, rng }) => [normal(rng) / size, normal(rng)]';
  write('sampler.mjs', `import { normal } from 'meanfield';\nexport default ${sample};\n`);
  write('sampler.cjs', `const { normal } = require('meanfield');\nmodule.exports = ${sample};\n`);
  const program = (file) => `(async () => {
    const sampler = samplerOnThreads(${file}, { threads: 2 });
    const { state } = await study({ ...${options}, sampleMany: sampler.sampleMany });
    await sampler.close();
    const bad = samplerOnThreads(${file}, { threads: 2, export: 'nothing' });
    const name = await bad.sampleMany([{ size: 1, replicate: 0, rng: stream(1) }], {}).then(() => 'none', (error) => error.name);
    await bad.close();
    console.log(name, JSON.stringify(state.samples));
  })();`;
  const outputs = ['sampler.mjs', 'sampler.cjs'].flatMap((file) => {
    const imports =
      "import { stream, study } from 'meanfield';\nimport { samplerOnThreads } from 'meanfield/experiment';\n";
    write('study.mjs', `${imports}${program(`new URL('./${file}', import.meta.url)`)}`);
    const requires =
      "const { stream, study } = require('meanfield');\nconst { samplerOnThreads } = require('meanfield/experiment');\n";
    write('study.cjs', `${requires}${program(`require('node:path').join(__dirname, '${file}')`)}`);
    return [node(user, 'study.mjs'), node(user, 'study.cjs')];
  });
  const other = outputs.find((output) => output !== outputs[0] || !output.startsWith('ArgumentError [[['));
  if (other !== undefined) throw new Error(`it printed ${other.slice(0, 200)}\nand ${outputs[0].slice(0, 200)}`);
}

/** Bundles the core for a browser, where an import of Node fails, and runs it without anything that browsers lack. */
async function checkBrowser() {
  const contents = `
import { learningTask, perceptron, perceptronNormals, phasePoissonJump, solveLimit, stream, train } from 'meanfield';
const neuron = perceptron({ inputs: [[0, 1], [1, 0]], activation: 'tanh' });
const task = learningTask({ neuron, targets: [1, -1], initial: perceptronNormals({ dimension: neuron.dimension }) });
const network = train(task, { width: 64, learningRate: 0.05, keepRate: 0.5, horizon: 1, rng: stream(1) });
const limit = solveLimit(phasePoissonJump({ jumpSize: 0.1 }), task, { particles: 64, horizon: 1, rng: stream(2) });
globalThis.answer = [network.outcome.code, limit.outcome.code].join();`;
  const { outputFiles } = await bundle(contents, { platform: 'browser', format: 'iife' });
  const context = createContext({ ...BROWSER });
  runInContext(outputFiles[0].text, context);
  if (context.answer !== 'completed,completed') throw new Error(`it ended ${context.answer}`);
}

async function checkSizes() {
  const all = filesBelow(installed);
  const sum = (paths) => paths.reduce((bytes, path) => bytes + statSync(path).size, 0);
  const code = all.filter((path) => /\.c?js$/.test(path));
  console.error(
    `          tarball ${kilo(statSync(tarball).size)}, unpacked ${kilo(sum(all))}, code ${kilo(sum(code))}`,
  );
  const heavy = [];
  for (const program of PROGRAMS) {
    const { minified, compressed } = await sizeOf(build, program, 'meanfield', user);
    console.error(`          ${program.name}: minified ${kilo(minified)}, compressed ${kilo(compressed)}`);
    if (minified > program.budget) heavy.push(`${program.name} takes ${minified} bytes, allowed are ${program.budget}`);
  }
  if (heavy.length > 0) throw new Error(heavy.join('\n'));
}

function bundle(contents, options) {
  return build({
    stdin: { contents, resolveDir: user },
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    logLevel: 'silent',
    absWorkingDir: user,
    ...options,
  });
}

function write(name, text) {
  writeFileSync(join(user, name), text);
}

function kilo(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function filesBelow(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(path, file).startsWith('node_modules'));
}

/** The file of a development tool's program. */
function bin(name, program) {
  const tool = join(root, 'node_modules', name);
  return join(tool, JSON.parse(readFileSync(join(tool, 'package.json'), 'utf8')).bin[program]);
}

function node(cwd, ...args) {
  return run(cwd, process.execPath, args, false);
}

/** Runs a program to its end and returns what it printed; throws with all of it if it failed. */
function run(cwd, program, args, shell = process.platform === 'win32') {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    shell,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
  return stdout;
}
