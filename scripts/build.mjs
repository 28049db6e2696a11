// Builds dist/ from nothing: in a folder beside it that takes its place when all is done, so that an interrupt, an error or a program
// that runs meanwhile never meets half a dist/. `build.mjs programs` leaves out types and CommonJS.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceDigest, stampBuild } from './lib.mjs';

const dist = join(root, 'dist');
const name = `dist.${process.pid}`;
const fresh = join(root, name);
const old = join(root, `${name}.old`);
const remove = (folder) => rmSync(folder, { recursive: true, force: true });

for (const left of readdirSync(root).filter(isAbandoned)) remove(join(root, left));
const digest = sourceDigest();
const tsup = spawn(
  process.execPath,
  [join(root, 'node_modules', 'tsup', 'dist', 'cli-default.js'), '--silent', '--out-dir', name],
  { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, MEANFIELD_BUILD: process.argv[2] ?? 'all' } },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => tsup.kill(signal));
const status = await new Promise((resolve) => tsup.on('exit', (code) => resolve(code ?? 130)));
if (status === 0) {
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  stampBuild(digest);
}
remove(fresh);
remove(old);
process.exit(status);

/** Whether it is the folder of a build whose process is no more. */
function isAbandoned(entry) {
  const pid = /^dist\.(\d+)(\.old)?$/.exec(entry)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
