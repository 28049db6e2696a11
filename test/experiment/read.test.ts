import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../src/experiment/index.ts';
import { PERCEPTRON, SMALL, temporaryFolder } from './fixtures.ts';

async function withFile(content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'experiment.json');
  await writeFile(path, content);
  return path;
}

describe('readExperiment', () => {
  it('reads a file, with or without a byte order mark', async () => {
    expect((await readExperiment(await withFile(JSON.stringify(SMALL)))).horizon).toBe(1);
    expect((await readExperiment(await withFile(`\ufeff${JSON.stringify(SMALL)}`))).horizon).toBe(1);
  });

  it('looks for the CSV file in its own folder, then in the working directory', async () => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'e.json'), JSON.stringify({ ...PERCEPTRON, data: { csv: 'data/x.csv' } }));
    await mkdir(join(elsewhere, 'data'));
    await writeFile(join(elsewhere, 'data', 'x.csv'), '1,2\n');
    const read = () => readExperiment(join(folder, 'e.json'), { workingDirectory: elsewhere });
    expect([...(await read()).dataset.targets]).toEqual([2]);
    await writeFile(join(folder, 'data', 'x.csv'), '1,3\n');
    expect([...(await read()).dataset.targets]).toEqual([3]);
  });

  it('says where it looked for a CSV file that is missing', async () => {
    const path = await withFile(JSON.stringify({ ...PERCEPTRON, data: { csv: 'none.csv' } }));
    await expect(readExperiment(path, { workingDirectory: '/' })).rejects.toThrow(
      /^.*experiment\.json: data\.csv must be a file .* \(looked for .*none\.csv and \/none\.csv\), got "none\.csv"$/,
    );
  });

  it.each([
    ['missing', undefined, 'FILE must be'],
    ['empty', '', 'must be JSON'],
    ['cut short', '{"data": ', 'must be JSON'],
    ['of several lines', '{\n"data": 1,\n}', 'must be JSON'],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff), 'UTF-8'],
    ['with a wrong field', '{"horizon": 0}', 'must be'],
  ])('refuses a file that is %s, in one line with its path', async (_what, content, message) => {
    const path = content === undefined ? '/nonexistent/experiment.json' : await withFile(content);
    const error = (await readExperiment(path).catch((reason: unknown) => reason)) as Error;
    expect(error.name).toBe('ArgumentError');
    expect(error.message).toContain(message);
    expect(error.message).toContain('experiment.json');
    expect(error.message).not.toContain('\n');
  });

  it('refuses a folder', async () => {
    await expect(readExperiment(await temporaryFolder())).rejects.toThrow('EISDIR');
  });
});
