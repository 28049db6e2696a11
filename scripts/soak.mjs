// node scripts/soak.mjs [times] [part of a name]: holds the laws of meanfield/testing against this library, `times` times (default 100)
// with fresh seeds, and reports each failure with the command that replays it. Exit status: 0 if all held, 1 if not, 2 for a wrong request.
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
const begin = process.cpuUsage();
for (let time = 1; time <= times; time++) {
  const seed = randomInt(2 ** 31);
  for (const { run } of laws) {
    try {
      await run({ seed });
    } catch (error) {
      failures++;
      console.error(error instanceof Error ? error.message : error);
    }
  }
  const { user } = process.cpuUsage(begin);
  console.error(
    `${time} of ${times}: ${laws.length} laws, seed ${seed}, ${failures} failures so far, ${Math.round(user / 1e6)} s of CPU`,
  );
}
process.exit(failures === 0 ? 0 : 1);
