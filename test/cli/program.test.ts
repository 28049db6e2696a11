import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meanfield } from './harness.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('meanfield', () => {
  it('without arguments lists its commands', async () => {
    const { status, out, err } = await meanfield([]);
    expect(status).toBe(0);
    expect(err).toBe('');
    for (const command of ['classify', 'simulate', 'limit', 'verify'])
      expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('tells its version', async () => {
    for (const flag of ['--version', '-V'])
      expect(await meanfield([flag])).toMatchObject({ status: 0, out: `${version}\n`, err: '' });
  });

  it.each(['classify', 'simulate', 'limit', 'verify'])(
    'explains %s, with examples and the options of all commands',
    async (command) => {
      const { status, out, err } = await meanfield([command, '--help']);
      expect(status).toBe(0);
      expect(err).toBe('');
      expect(out).toContain('Examples:');
      for (const option of ['--json', '--seed', '--threads', '--out', '--quiet']) expect(out).toContain(option);
      expect((await meanfield(['help', command])).out).toBe(out);
    },
  );

  it.each([
    [['frobnicate'], 'frobnicate'],
    [['--frobnicate'], '--frobnicate'],
    [['classify', '--frobnicate'], '--frobnicate'],
    [['classify', 'one.json', 'two.json'], 'argument'],
    [['simulate'], 'file'],
    [['simulate', 'a.json', 'b.json'], 'argument'],
    [['verify', 'a.json', 'b.json'], 'argument'],
    [['classify', '--width'], '--width'],
    [['help', 'frobnicate'], 'frobnicate'],
  ])('refuses %j with one line and status 2', async (argv, shown) => {
    const { status, out, err } = await meanfield(argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^meanfield: .*\n$/);
    expect(err).toContain(shown);
  });
});
