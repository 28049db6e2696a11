// Builds dist/ from nothing.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, stampBuild } from './lib.mjs';

rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsup = join(root, 'node_modules', 'tsup', 'dist', 'cli-default.js');
const { status } = spawnSync(process.execPath, [tsup, '--silent'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
stampBuild();
