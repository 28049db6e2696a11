import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/base/index.ts';
import { loadCsv } from './fixtures.ts';

const inputsOf = ({ dataset }: Awaited<ReturnType<typeof loadCsv>>) => [...dataset.inputs.data];
const targetsOf = ({ dataset }: Awaited<ReturnType<typeof loadCsv>>) => [...dataset.targets];

describe('a CSV file', () => {
  it('has its target in the last column unless told', async () => {
    const loaded = await loadCsv('1,2,3\n4,5,6\n');
    expect(inputsOf(loaded)).toEqual([1, 2, 4, 5]);
    expect(targetsOf(loaded)).toEqual([3, 6]);
    expect(loaded.task.neuron.dimension).toBe(4);
  });

  it.each([
    [0, [2, 3], 1],
    [1, [1, 3], 2],
    [-3, [2, 3], 1],
    ['b', [1, 3], 2],
  ])('has its target where told: %s', async (target, inputs, value) => {
    const loaded = await loadCsv('a,b,c\n1,2,3\n', { target });
    expect(inputsOf(loaded)).toEqual(inputs);
    expect(targetsOf(loaded)).toEqual([value]);
  });

  it('may have a byte order mark, CRLF, quotes, blanks, blank lines and no last line end', async () => {
    const loaded = await loadCsv('\ufeff"x, 1","y"\r\n "1.5" , 2 \r\n\r\n-2,+3.e1\r\n.5,0');
    expect(inputsOf(loaded)).toEqual([1.5, -2, 0.5]);
    expect(targetsOf(loaded)).toEqual([2, 30, 0]);
    expect(loaded.dataset.columns).toEqual(['x, 1']);
    expect(loaded.dataset.target).toBe('y');
  });

  it('has a header if no cell of its first row is a number, or if it is told', async () => {
    expect(targetsOf(await loadCsv('a,b\n1,2\n'))).toEqual([2]);
    expect(targetsOf(await loadCsv('1,2\n3,4\n'))).toEqual([2, 4]);
    expect(targetsOf(await loadCsv('1,g\n3,b\n'))).toEqual([-1, 1]);
    expect(targetsOf(await loadCsv('2019,2020\n3,4\n', { header: true }))).toEqual([4]);
    // A column asked for by name has its name in the first row.
    expect(targetsOf(await loadCsv('2019,y,x\n3,4,5\n', { target: 'y' }))).toEqual([4]);
  });

  it('may be separated by semicolons or tabs when told', async () => {
    expect(inputsOf(await loadCsv('"a";"b"\n1;2\n', { delimiter: ';' }))).toEqual([1]);
    expect(inputsOf(await loadCsv('1\t2\n', { delimiter: '\t' }))).toEqual([1]);
  });

  it('can leave columns out, by index, name or for being constant', async () => {
    expect(inputsOf(await loadCsv('1,7,2,9\n3,7,4,8\n', { drop: [1] }))).toEqual([1, 2, 3, 4]);
    expect(inputsOf(await loadCsv('1,7,2,9\n3,7,4,8\n', { drop: [-3, 0] }))).toEqual([2, 4]);
    expect(inputsOf(await loadCsv('1,7,2,9\n3,7,4,8\n', { drop: 'constant' }))).toEqual([1, 2, 3, 4]);
    expect(inputsOf(await loadCsv('a,b,c\n1,x,2\n3,y,4\n', { drop: ['b'] }))).toEqual([1, 3]);
  });
});

describe('a two-valued target', () => {
  it('of text becomes -1 and +1 in order of appearance', async () => {
    const loaded = await loadCsv('1,no\n2,yes\n3,no\n', { standardize: true });
    expect(targetsOf(loaded)).toEqual([-1, 1, -1]);
    expect(loaded.dataset.classes).toEqual(['no', 'yes']);
  });

  it('of numbers stays as it is for the squared loss, standardized or not', async () => {
    expect(targetsOf(await loadCsv('1,1\n2,0\n3,1\n', { standardize: true }))).toEqual([1, 0, 1]);
  });

  it.each([
    ['1,1\n2,0\n3,1\n', [1, -1, 1]],
    ['1,3\n2,5\n', [-1, 1]],
    ['1,1\n2,-1\n', [1, -1]],
    ['1,1\n2,1\n', [1, 1]],
  ])('of numbers becomes -1 (the smaller) and +1 for the logistic loss: %j', async (content, targets) => {
    expect(targetsOf(await loadCsv(content, {}, { loss: 'logistic' }))).toEqual(targets);
  });

  it('means the same in every subset of rows', async () => {
    const content = Array.from({ length: 50 }, (_, i) => `${i},${i === 0 ? 'rare' : 'common'}`).join('\n');
    for (const seed of [1, 2, 3, 4, 5]) {
      const loaded = await loadCsv(content, { rows: 10 }, { seed });
      loaded.dataset.inputs.data.forEach((x, i) => {
        expect(loaded.dataset.targets[i]).toBe(x === 0 ? -1 : 1);
      });
    }
  });
});

describe('rows', () => {
  const content = Array.from({ length: 100 }, (_, i) => `${i},${i * i}`).join('\n');

  it('draws that many different rows in file order, the same for the same seed', async () => {
    const first = inputsOf(await loadCsv(content, { rows: 20 }, { seed: 5 }));
    expect(first).toHaveLength(20);
    expect(first).toEqual([...new Set(first)].sort((a, b) => a - b));
    expect(inputsOf(await loadCsv(content, { rows: 20 }, { seed: 5 }))).toEqual(first);
    expect(inputsOf(await loadCsv(content, { rows: 20 }, { seed: 6 }))).not.toEqual(first);
  });

  it('keeps inputs and targets together', async () => {
    const loaded = await loadCsv(content, { rows: 30 });
    expect(targetsOf(loaded)).toEqual(inputsOf(loaded).map((x) => x * x));
  });

  it('takes each row equally often', async () => {
    const counts = new Array<number>(10).fill(0);
    const ten = content.split('\n').slice(0, 10).join('\n');
    for (let seed = 0; seed < 400; seed++)
      for (const x of inputsOf(await loadCsv(ten, { rows: 3 }, { seed }))) counts[x]!++;
    // Fixed seeds, so this is deterministic; for fair draws each count is binomial(400, 0.3), of standard deviation 9.2, and
    // 5.5 of them are exceeded by one of 10 with probability 4e-7.
    for (const count of counts) expect(Math.abs(count - 120)).toBeLessThan(5.5 * 9.2);
  });
});

describe('standardize', () => {
  it('gives inputs and target mean 0 and variance 1 over the rows in use', async () => {
    const loaded = await loadCsv('1,10,5\n2,30,6\n3,20,8\n', { standardize: true });
    // numpy: (x - x.mean(0)) / x.std(0)
    const expected = [-1.224744871391589, -1.224744871391589, 0, 1.224744871391589, 1.224744871391589, 0];
    inputsOf(loaded).forEach((x, i) => {
      expect(x).toBeCloseTo(expected[i]!, 14);
    });
    [-1.0690449676496974, -0.26726124191242445, 1.3363062095621219].forEach((y, i) => {
      expect(loaded.dataset.targets[i]).toBeCloseTo(y, 14);
    });
  });

  it('stays finite for huge and tiny numbers', async () => {
    expect(inputsOf(await loadCsv('1e300,1\n-1e300,2\n', { standardize: true }))).toEqual([1, -1]);
    expect(inputsOf(await loadCsv('1e-300,1\n-1e-300,2\n', { standardize: true }))).toEqual([1, -1]);
  });

  it('refuses constant columns, names them and says how to go on', async () => {
    const error = await loadCsv('1,7,2,0,9\n3,7,4,0,8\n', { standardize: true }).catch((reason: unknown) => reason);
    expect((error as Error).message).toContain('column 1');
    expect((error as Error).message).toContain('"drop": [1, 3]');
    expect((error as Error).message).toContain('7 in all 2 rows');
  });

  it('refuses a target that is constant in the rows in use only', async () => {
    const content = `0,1\n1,2\n${Array.from({ length: 50 }, (_, i) => `${i},3`).join('\n')}`;
    await expect(loadCsv(content, { standardize: true, rows: 2 })).rejects.toThrow('the target (column 1) is constant');
  });
});

/** [what is wrong, what the error must say, the content, the data field, other fields] */
const WRONG: readonly (readonly [string, readonly string[], string, object?, object?])[] = [
  ['empty', ['data.csv', 'at least one row'], ''],
  ['blank', ['data.csv', 'at least one row'], '\n\n  \n'],
  ['a header alone', ['data.csv', 'after its header'], 'a,b\n'],
  ['a short row', ['line 3', '2 cells', 'got 1'], 'a,b\n1,2\n3\n'],
  ['a long row', ['line 2', 'got 3'], '1,2\n3,4,5\n'],
  ['one column', ['line 1', 'at least two cells', 'data.delimiter'], '1\n2\n'],
  ['semicolons', ['line 1', 'data.delimiter', '"1;2"'], '1;2\n'],
  ['an open quote', ['data.csv', 'line 2'], '1,2\n"3,4\n'],
  ['text in a number column', ['line 3', 'column 0', 'got "abc"'], '1,2\n\nabc,3\n'],
  ['text in a named column', ['line 2', 'column 0 ("x")', 'got "abc"'], 'x,y\nabc,3\n'],
  ['an empty cell', ['line 2', 'column 0', 'got ""'], '1,2\n,3\n'],
  ['NaN', ['line 2', 'column 0', 'got "NaN"'], '1,2\nNaN,3\n'],
  ['Infinity', ['line 1', 'column 0', 'got "-Infinity"'], '-Infinity,2\n'],
  ['a number too large', ['line 1', 'column 0', 'got "1e400"'], '1e400,2\n'],
  ['a hexadecimal number', ['line 1', 'column 0', 'got "0x10"'], '0x10,2\n'],
  ['a decimal comma', ['line 1', 'column 0', 'got "1,5"'], '"1,5",2\n'],
  ['three text targets', ['data.target', '3: a, b, c', 'line 1'], '1,a\n2,b\n3,c\n'],
  ['one text target', ['data.target', '1: a'], '1,a\n2,a\n'],
  ['text among number targets', ['data.target', 'line 3', 'got "x"'], '1,5\n2,6\n3,x\n'],
  ['a missing target', ['data.target', 'line 2', 'got ""'], '1,yes\n2,\n3,no\n'],
  ['a target NaN', ['data.target', 'line 2', 'got "nan"'], '1,1\n2,nan\n'],
  [
    'three logistic targets',
    ['data.target', 'two values', '3 different: 0, 1, 2'],
    '1,0\n2,1\n3,2\n',
    {},
    { loss: 'logistic' },
  ],
  ['one logistic target', ['data.target', 'two values', '1 different: 7'], '1,7\n2,7\n', {}, { loss: 'logistic' }],
  ['too many rows asked', ['data.rows', '[1, 2]', 'got 3'], '1,2\n3,4\n', { rows: 3 }],
  ['a target beyond', ['data.target', '[-2, 1]', 'got 2'], '1,2\n', { target: 2 }],
  ['a target before', ['data.target', 'got -3'], '1,2\n', { target: -3 }],
  ['an unknown name', ['data.target', 'a, b', 'got "c"'], 'a,b\n1,2\n', { target: 'c' }],
  ['an ambiguous name', ['data.target', 'several', 'got "a"'], 'a,a,b\n1,2,3\n', { target: 'a' }],
  ['a name without header', ['data.target', 'data.header', 'got "a"'], '1,2\n', { target: 'a', header: false }],
  ['a header denied', ['line 1', 'column 0', 'got "a"'], 'a,b\n1,2\n', { header: false }],
  ['dropping the target', ['data.drop[0]', 'got 1'], '1,2\n', { drop: [1] }],
  ['dropping what is not there', ['data.drop[0]', 'got 5'], '1,2\n', { drop: [5] }],
  ['dropping everything', ['data.drop', 'at least one input'], '1,2\n', { drop: [0] }],
];

describe('a wrong CSV file', () => {
  const cases = WRONG.map(([what, parts, content, data = {}, more = {}]) => ({ what, parts, content, data, more }));

  it.each(cases)('$what', async ({ parts, content, data, more }) => {
    const error = await loadCsv(content, data, more).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ArgumentError);
    for (const part of parts) expect((error as ArgumentError).message).toContain(part);
    expect((error as ArgumentError).message).not.toContain('\n');
  });

  it('that is not UTF-8', async () => {
    await expect(loadCsv(Uint8Array.of(0xff, 0xfe, 0x31, 0x2c, 0x32))).rejects.toThrow('UTF-8');
  });
});
