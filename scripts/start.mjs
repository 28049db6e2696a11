// npm start: the main job, `meanfield verify` on the banknote data. Other arguments make it any other command.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, runAndExit } from './lib.mjs';

ensureInstalled();
ensureBuilt();
const args = process.argv.slice(2);
const command = args[0] === undefined || args[0].startsWith('-') ? ['verify', ...args] : args;
runAndExit(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...command]);
