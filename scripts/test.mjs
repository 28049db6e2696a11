// npm test: the test suite. Arguments go to vitest, e.g. `npm test -- test/random`.
import { join } from 'node:path';
import { become, ensureInstalled, root } from './lib.mjs';

ensureInstalled();
process.chdir(root);
await become(join(root, 'node_modules', 'vitest', 'vitest.mjs'), ['run', ...process.argv.slice(2)]);
