// What the entry scripts share. Node built-ins only: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, 'node_modules', '.cache', 'meanfield');

/** Installs the dependencies unless those of this package-lock.json are there. */
export function ensureInstalled() {
  const wanted = digest(['package-lock.json', 'package.json']);
  if (stampOf('install') === wanted) return;
  console.error('meanfield: installing dependencies (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  stamp('install', wanted);
}

/** Builds dist/ unless it is there for these sources. */
export function ensureBuilt() {
  const wanted = digest(['src', 'package.json', 'tsup.config.ts', 'tsconfig.json']);
  if (stampOf('build') === wanted && existsSync(join(root, 'dist', 'cli', 'main.js'))) return;
  console.error('meanfield: building');
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** Remembers that dist/ belongs to the sources as they are. */
export function stampBuild() {
  stamp('build', digest(['src', 'package.json', 'tsup.config.ts', 'tsconfig.json']));
}

/** Runs a program of node_modules in the foreground, passes Ctrl-C on to it, and ends with its status. */
export function runAndExit(command, args) {
  const child = spawn(command, args, { cwd: process.cwd(), stdio: 'inherit' });
  // The terminal sends Ctrl-C to the whole group: wait for the child to end in its own way.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) add(hash, path);
  return hash.digest('hex');
}

function add(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(hash, join(path, name));
  else hash.update(path).update(readFileSync(full));
}

function stampOf(name) {
  const file = join(stamps, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function stamp(name, value) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), value);
}
