// npm test: the test suite. Arguments go to vitest, e.g. `npm test -- test/random`.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, runAndExit } from './lib.mjs';

ensureInstalled();
ensureBuilt();
process.chdir(root);
runAndExit(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)]);
