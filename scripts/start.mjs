// npm start: the main job, `meanfield verify` on the banknote data. `npm start -- <command> …` runs any other command, and options alone
// belong to verify.
import { join } from 'node:path';
import { become, ensureBuilt, ensureInstalled, root } from './lib.mjs';

ensureInstalled();
ensureBuilt();
const args = process.argv.slice(2);
const command = args[0] === undefined || args[0].startsWith('-') ? ['verify', ...args] : args;
await become(join(root, 'dist', 'cli', 'main.js'), command);
