// What the entry scripts share. Node built-ins only: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const buildStamp = join(root, 'node_modules', '.cache', 'meanfield', 'build');

/** Installs the dependencies unless those of package-lock.json are there. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('meanfield: installing dependencies (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Compares package-lock.json with what npm noted at the end of its last installation; optional packages may be missing. */
function isInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = packagesOf(note);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  );
}

/** Builds the programs in dist/, without types and CommonJS, unless dist/ is there for these sources. */
export function ensureBuilt() {
  const built = existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sourceDigest();
  if (built && existsSync(join(root, 'dist', 'cli', 'main.js'))) return;
  console.error('meanfield: building');
  const script = join(root, 'scripts', 'build.mjs');
  const { status } = spawnSync(process.execPath, [script, 'programs'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** What dist/ is made from, to be taken before it is built: sources may change meanwhile. */
export function sourceDigest() {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => {
    const full = join(root, path);
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name));
    else hash.update(path).update(readFileSync(full));
  };
  for (const path of ['src', 'schema', 'scripts/build.mjs', 'package.json', 'package-lock.json', 'tsup.config.ts'])
    add(path);
  return hash.digest('hex');
}

/** Remembers that dist/ belongs to the sources of this digest. */
export function stampBuild(digest) {
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, digest);
}

/**
 * Runs a program's file inside this process, as if it had been started with these arguments: signals such as Ctrl-C reach it, its exit
 * status is ours, and no shell quotes anything.
 */
export async function become(file, args) {
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
}
