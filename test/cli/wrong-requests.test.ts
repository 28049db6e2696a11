import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMALL, temporaryFolder } from '../experiment/fixtures.ts';
import { meanfield } from './harness.ts';

const LAWS = ['classify', '--learning-rate-exponent', '1', '--keep-rate-exponent', '1'];
const NETWORK = ['classify', '--width', '10', '--learning-rate', '0.1', '--keep-rate', '0.5'];
const SIMULATE = ['simulate', 'e.json', '--width', '4', '--learning-rate', '0.5', '--keep-rate', '0.5'];
const LIMIT = ['limit', 'e.json', '--phase', 'poisson-jump', '--jump-size', '0.5'];
const VERIFY = ['verify', 'e.json'];

/** Texts that are no numbers, whatever the range. */
const NO_NUMBER = ['', 'abc', '5abc', '0x10', '1e400', 'NaN', 'Infinity', '1,5', '1_000', ' ', '--json'];
const NOT_POSITIVE = [...NO_NUMBER, '0', '-1'];
const NO_COUNT = [...NOT_POSITIVE, '1.5', '9007199254740993'];
const NO_RATE = [...NOT_POSITIVE, '1.0001'];

/** [command line, option that is added or replaced, wrong values] */
const OPTIONS: readonly (readonly [readonly string[], string, readonly string[]])[] = [
  [LAWS, '--learning-rate-exponent', NO_NUMBER],
  [LAWS, '--keep-rate-exponent', NO_NUMBER],
  [LAWS, '--learning-rate', NOT_POSITIVE],
  [LAWS, '--keep-rate', NOT_POSITIVE],
  [NETWORK, '--width', NO_COUNT],
  [NETWORK, '--learning-rate', NOT_POSITIVE],
  [NETWORK, '--keep-rate', NO_RATE],
  [SIMULATE, '--width', [...NO_COUNT, '1000000000000']],
  [SIMULATE, '--learning-rate', [...NOT_POSITIVE, '2.1', '1e-300']],
  [SIMULATE, '--keep-rate', NO_RATE],
  [SIMULATE, '--variant', ['', 'dropin', 'Dropout']],
  [SIMULATE, '--batch-size', [...NO_COUNT, '2']],
  [SIMULATE, '--replicates', NO_COUNT],
  [LIMIT, '--phase', ['', 'poisson', 'exploding-jumps']],
  [LIMIT, '--jump-size', NOT_POSITIVE],
  [LIMIT, '--active-count', [...NOT_POSITIVE, '2']],
  [LIMIT, '--learning-rate', [...NOT_POSITIVE, '0.5']],
  [LIMIT, '--keep-rate', [...NO_RATE, '0.5']],
  [LIMIT, '--space', ['', 'paths']],
  [LIMIT, '--particles', [...NO_COUNT, '1000000000000']],
  [LIMIT, '--replicates', NO_COUNT],
  [LIMIT, '--scheme', ['', 'magic', 'rk4', 'bernoulli-clock']],
  [LIMIT, '--step', [...NOT_POSITIVE, '0.1']],
  [VERIFY, '--phases', ['', 'poisson', 'gradient-flow,', 'gradient-flow,gradient-flow']],
  [VERIFY, '--widths', [...NO_COUNT, '64,', '64,64', '128,64', '64;128']],
  ...[LAWS, SIMULATE, LIMIT, VERIFY].flatMap(
    (command) =>
      [
        [command, '--seed', [...NO_NUMBER, '1.5', '9007199254740993']],
        [command, '--threads', [...NO_COUNT, '4096']],
        [command, '--out', ['', 'e.json', 'e.json/below']],
      ] as const,
  ),
];

const CASES = OPTIONS.flatMap(([argv, option, values]) => values.map((value) => ({ argv, option, value })));

function replaced(argv: readonly string[], option: string, value: string): string[] {
  const at = argv.indexOf(option);
  return at < 0 ? [...argv, option, value] : argv.map((each, i) => (i === at + 1 ? value : each));
}

async function refused(argv: readonly string[], environment: Record<string, string> = {}) {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'e.json'), JSON.stringify(SMALL));
  const { status, out, err } = await meanfield(argv, { cwd, environment });
  expect({ status, out }, err).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^meanfield: [^\n]+\n$/);
  expect(await readdir(cwd)).toEqual(['e.json']);
  return err;
}

describe('a wrong value of an option', () => {
  it.each(CASES)(
    '$argv.0 $option $value: one line with option and value, status 2, nothing written',
    async ({ argv, option, value }) => {
      const err = await refused(replaced(argv, option, value));
      expect(err).toContain(`${option} `);
      expect(err).toContain('must be');
      expect(err).toContain(value === '' ? '""' : value.trim());
    },
  );
});

describe('a wrong request', () => {
  it.each([
    [
      'simulate without width',
      ['simulate', 'e.json', '--learning-rate', '1', '--keep-rate', '1'],
      '--width must be given',
    ],
    [
      'simulate without learning rate',
      ['simulate', 'e.json', '--width', '1', '--keep-rate', '1'],
      '--learning-rate must be given',
    ],
    [
      'simulate without keep rate',
      ['simulate', 'e.json', '--width', '1', '--learning-rate', '1'],
      '--keep-rate must be given',
    ],
    ['limit without phase', ['limit', 'e.json'], '--phase must be given'],
    ['limit without parameter', ['limit', 'e.json', '--phase', 'poisson-jump'], '--jump-size must be given'],
    [
      'limit without keep rate',
      ['limit', 'e.json', '--phase', 'bernoulli-jump', '--learning-rate', '1'],
      '--keep-rate must be given',
    ],
    [
      'a step for a clock',
      ['limit', 'e.json', '--phase', 'bernoulli-jump', '--learning-rate', '1', '--keep-rate', '1', '--step', '1'],
      '--step must be left out',
    ],
    [
      'a scheme for a clock',
      [
        'limit',
        'e.json',
        '--phase',
        'bernoulli-jump',
        '--learning-rate',
        '1',
        '--keep-rate',
        '1',
        '--scheme',
        'tau-leap',
      ],
      '--scheme must be',
    ],
    [
      'no round of a clock',
      ['limit', 'e.json', '--phase', 'bernoulli-jump', '--learning-rate', '5', '--keep-rate', '1'],
      '--learning-rate must be',
    ],
    ['nothing to classify', ['classify'], '--learning-rate-exponent must be given'],
    ['half a scaling', ['classify', '--learning-rate-exponent', '1'], '--keep-rate-exponent must be given'],
    ['the other half', ['classify', '--keep-rate-exponent', '1'], '--learning-rate-exponent must be given'],
    ['half a network', ['classify', '--width', '3', '--keep-rate', '1'], '--learning-rate must be given'],
    ['a network and a scaling', [...LAWS, '--width', '3'], 'must be left out'],
    ['a file that is missing', ['simulate', 'none.json', ...SIMULATE.slice(2)], 'none.json'],
    ['an unknown option', [...SIMULATE, '--widht', '3'], "unknown option '--widht'"],
    ['an option of another command', [...SIMULATE, '--phase', 'gradient-flow'], "unknown option '--phase'"],
    ['an extra argument', [...SIMULATE, 'more'], 'argument'],
  ])('%s', async (_what, argv, message) => {
    expect(await refused(argv)).toContain(message);
  });

  it('a wrong MEANFIELD_THREADS', async () => {
    for (const command of [LAWS, SIMULATE, LIMIT, VERIFY])
      expect(await refused(command, { MEANFIELD_THREADS: 'many' })).toContain('MEANFIELD_THREADS must be');
  });

  it.each(['simulate', 'limit', 'verify'])(
    '%s with a wrong field in the file names file and field',
    async (command) => {
      const cwd = await temporaryFolder();
      await writeFile(join(cwd, 'wrong.json'), JSON.stringify({ ...SMALL, horizon: -2 }));
      const argv = { simulate: SIMULATE, limit: LIMIT, verify: VERIFY }[command]!.map((each) =>
        each.replace('e.json', 'wrong.json'),
      );
      const { status, out, err } = await meanfield(argv, { cwd });
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).toBe('meanfield: wrong.json: horizon must be a finite number in (0, inf), got -2\n');
      expect(await readdir(cwd)).toEqual(['wrong.json']);
    },
  );

  it('stays on one line whatever the input holds', async () => {
    expect(await refused(['simulate', 'a\nb\u001b[31m.json', ...SIMULATE.slice(2)])).not.toContain('\u001b');
    expect(await refused(['x\ny'])).toContain('x');
  });
});
