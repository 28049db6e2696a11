// node scripts/soak.mjs [times] [part of a name]: holds the laws of meanfield/testing against this library, `times` times (default 100)
// with fresh seeds, and reports each failure with the command that replays it; a summary goes to standard output. Ctrl-C ends it with what
// was done so far. Exit status: 0 if all held, 1 if not or if it was interrupted, 2 for a wrong request.
import { randomInt } from 'node:crypto';
import { ensureInstalled } from './lib.mjs';

const [count = '100', ...words] = process.argv.slice(2);
const times = Number(count);
if (!Number.isSafeInteger(times) || times < 1) {
  console.error(`times must be an integer of at least 1, got ${JSON.stringify(count)}`);
  process.exit(2);
}
ensureInstalled();
const { register } = await import('tsx/esm/api');
register();
const { suite } = await import('../test/testing/suite.ts');
const laws = suite.filter(({ name }) => name.includes(words.join(' ')));
if (laws.length === 0) {
  console.error(`no law has ${JSON.stringify(words.join(' '))} in its name`);
  process.exit(2);
}

let failures = 0;
let passes = 0;
let interrupted = false;
process.once('SIGINT', () => {
  interrupted = true;
});
const begin = performance.now();
const cpu = process.cpuUsage();
for (let time = 1; time <= times && !interrupted; time++) {
  const seed = randomInt(2 ** 31);
  for (const { run } of laws) {
    // Lets the signal in between laws that never wait.
    await new Promise((resume) => setTimeout(resume, 0));
    if (interrupted) break;
    try {
      await run({ seed });
    } catch (error) {
      failures++;
      console.error(error instanceof Error ? error.message : error);
    }
  }
  if (interrupted) break;
  passes++;
  console.error(`${time} of ${times}: seed ${seed}, ${failures} failures so far, ${spent()}`);
}
console.log(`${passes} of ${times} passes of ${laws.length} laws with fresh seeds: ${failures} failures, ${spent()}`);
process.exit(failures === 0 && passes === times ? 0 : 1);

function spent() {
  const { user, system } = process.cpuUsage(cpu);
  return `${Math.round((performance.now() - begin) / 1000)} s, ${Math.round((user + system) / 1e6)} s of CPU`;
}
