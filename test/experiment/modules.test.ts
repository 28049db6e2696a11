import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type SampleRequest, study } from '../../src/convergence/index.ts';
import { createExecutor, type Executor, ensembleOnThreads, samplerOnThreads } from '../../src/experiment/index.ts';
import { stream } from '../../src/random/index.ts';
import { solveEnsemble } from '../../src/solve/index.ts';
import { births } from './modules/ensembles.ts';
import { direct } from './modules/samplers.ts';

const here = (name: string) => new URL(`./modules/${name}`, import.meta.url);
const SAMPLERS = here('samplers.ts');
const ENSEMBLES = here('ensembles.ts');

const EXECUTORS: readonly (readonly [string, Executor])[] = [
  ['in process', createExecutor({ threads: 1 })],
  ['two workers', createExecutor({ threads: 2, inProcess: false })],
];
afterAll(() => Promise.all(EXECUTORS.map(([, executor]) => executor.close())));

const root = stream(3);
const requests = (count: number, size?: number): SampleRequest[] =>
  Array.from({ length: count }, (_, replicate) => ({ size, replicate, rng: root.split('r', replicate) }));

describe.each(EXECUTORS)('%s', (_name, executor) => {
  const sampler = (name: string, data?: unknown) => samplerOnThreads(SAMPLERS, { executor, export: name, data });

  it('a study has the bits of the same function on this thread, for any batch', async () => {
    const options = { sizes: [64, 128, 256], replicates: 40, measure: 'bias', predicted: -1, rng: stream(6) } as const;
    const alone = JSON.stringify(await study({ ...options, error: direct, reference: direct }));
    const { sampleMany } = sampler('default');
    for (const batch of [256, 7])
      expect(JSON.stringify(await study({ ...options, sampleMany, reference: 'sampled', batch }))).toBe(alone);
  });

  it('requests arrive whole: size, replicate, the state of the stream, and the data', async () => {
    const [one, two] = requests(2);
    one!.rng.uniform();
    const next = one!.rng.clone().uniform();
    const replies = await sampler('echo', [8, 9]).sampleMany([{ ...one!, size: 5 }, two!], {});
    expect(replies.map((reply) => [...(reply as Float64Array)])).toEqual([
      [5, 0, 2, next, 8, 9],
      [-1, 1, 2, root.split('r', 1).uniform(), 8, 9],
    ]);
    expect(await sampler('echo').sampleMany([], {})).toEqual([]);
  });

  it('of the replicates that throw the first one is named, with what was thrown', async () => {
    await expect(sampler('failing').sampleMany(requests(64, 8), {})).rejects.toMatchObject({
      name: 'ModuleError',
      message: `${SAMPLERS.href}, size 8, replicate 5: no 5`,
      module: SAMPLERS.href,
      place: 'size 8, replicate 5',
      cause: { name: 'RangeError', message: 'no 5', stack: expect.stringContaining('failing') },
    });
  });

  it('a replicate that is no number is an ArgumentError', async () => {
    await expect(sampler('notFinite').sampleMany(requests(9), {})).rejects.toMatchObject({
      name: 'ArgumentError',
      argument: `${SAMPLERS.href}, the reference, replicate 3: what it returns`,
      value: Number.NaN,
      allowed: 'a finite number, or a vector of them',
    });
    await expect(sampler('notNumbers').sampleMany(requests(9, 4), {})).rejects.toThrow(
      'size 4, replicate 0: what it returns must be an array, a typed array or an ndarray of rank 1, got "one"',
    );
  });

  it('a module that has no such function, or can not be loaded', async () => {
    for (const [name, got] of [
      ['absent', 'undefined'],
      ['number', '7'],
    ] as const)
      await expect(sampler(name).sampleMany(requests(1), {})).rejects.toThrow(
        `export ${name} of ${SAMPLERS.href} must be a function, got ${got}`,
      );
    const broken = samplerOnThreads(here('broken.ts'), { executor });
    await expect(broken.sampleMany(requests(1), {})).rejects.toMatchObject({
      name: 'ModuleError',
      place: 'while it was loaded',
      cause: { name: 'SyntaxError', message: 'broken on purpose' },
    });
  });

  it('CommonJS that was compiled from ESM has a default, too; a path does as well as a URL', async () => {
    const compiled = samplerOnThreads(fileURLToPath(here('compiled.cjs')), { executor });
    expect(await compiled.sampleMany(requests(3, 2), {})).toEqual([4, 4, 4]);
  });

  it('an ensemble is the same by run, whoever does which', async () => {
    const options = { runs: 150, rng: stream(2) };
    const fractions: number[] = [];
    const result = await ensembleOnThreads(ENSEMBLES, { ...options, executor, progress: (f) => fractions.push(f) });
    const reference = await ensembleOnThreads(ENSEMBLES, { ...options, executor: EXECUTORS[0]![1] });
    expect(result).toEqual(reference);
    expect(fractions).toHaveLength(128);
    expect(fractions.at(-1)).toBe(1);
    const alone = solveEnsemble(births.process, { ...births.options, ...options });
    expect(result.outcomes).toEqual(alone.outcomes);
    expect(result.times).toEqual(alone.times);
    for (const k of [0, 1]) {
      expect(result.moments[k]!.count).toBe(150);
      expect(result.moments[k]!.mean[0]).toBeCloseTo(alone.moments[k]!.mean[0]!, 12);
      expect(result.moments[k]!.variance[0]).toBeCloseTo(alone.moments[k]!.variance[0]!, 10);
    }
  });

  it('an ensemble has its data, and names the run that throws', async () => {
    const options = { runs: 300, rng: stream(2), executor };
    const decay = { ...options, export: 'decay', data: { rate: 2 } };
    const { moments } = await ensembleOnThreads(ENSEMBLES, decay);
    // rk4 at this step is within 1e-5 of e⁻²
    expect(moments[0]!.mean[0]).toBeCloseTo(Math.exp(-2), 4);
    expect(moments[0]!.variance[0]).toBeLessThan(1e-30);
    // 300 runs in 128 chunks of 2 or 3: the first of 3 is that of runs 4, 5 and 6
    await expect(ensembleOnThreads(ENSEMBLES, { ...options, export: 'throwing' })).rejects.toMatchObject({
      name: 'ModuleError',
      place: 'run 6',
      cause: { name: 'RangeError', message: 'spoiled' },
    });
    for (const [name, message] of [
      ['unmade', 'while its problem was made: no problem'],
      ['empty', 'must be { process, options }, got {}'],
      ['bad', 'run 0: until must be'],
      ['absent', 'must be a function, got undefined'],
    ] as const)
      await expect(ensembleOnThreads(ENSEMBLES, { ...options, runs: 1, export: name })).rejects.toThrow(message);
  });
});

describe('when aborted', () => {
  // On the calling thread an endless replicate could not be stopped.
  it.each([
    ['patient', EXECUTORS[0]![1]],
    ['endless', EXECUTORS[1]![1]],
  ] as const)('a study ends in the midst of %s replicates, and can be resumed', async (name, executor) => {
    const stop = new AbortController();
    const options = { sizes: [1, 2], replicates: 100, rng: stream(1) };
    setTimeout(() => stop.abort(), 100);
    const { sampleMany } = samplerOnThreads(SAMPLERS, { executor, export: name });
    const cut = await study({ ...options, sampleMany, signal: stop.signal });
    expect(cut).toMatchObject({ outcome: 'aborted', spent: 0 });
    const { outcome } = await study({ ...options, error: direct, state: cut.state });
    expect(outcome).toBe('completed');
  });

  it('an ensemble ends', async () => {
    const signal = AbortSignal.timeout(50);
    const long = { runs: 1e7, rng: stream(1), executor: EXECUTORS[0]![1], signal };
    await expect(ensembleOnThreads(ENSEMBLES, long)).rejects.toThrow('timeout');
  });
});

describe('wrong requests cost nothing', () => {
  const missing = here('missing.ts');
  it.each([
    [missing, {}, 'module must be a file that is there, got "file:'],
    [new URL('./modules', import.meta.url), {}, 'module must be a file that is there'],
    ['./modules/samplers.ts', {}, 'module must be the URL of a file, e.g. new URL('],
    ['meanfield', {}, 'or its absolute path, got "meanfield"'],
    ['https://example.org/a.js', {}, 'module must be the URL of a file'],
    [join('/', 'nowhere', 'a.js'), {}, 'module must be a file that is there'],
    [SAMPLERS, { export: '' }, 'export must be the name of an export, got ""'],
    [SAMPLERS, { threads: 0 }, 'threads must be an integer in [1, 1024], got 0'],
    [SAMPLERS, { threads: 2, executor: EXECUTORS[0]![1] }, 'threads must be left out where there is an executor'],
    [SAMPLERS, { data: () => 1 }, 'data must be plain data'],
  ] as const)('%s %j', async (module, options, message) => {
    expect(() => samplerOnThreads(module, options)).toThrow(message);
    const ensemble = ensembleOnThreads(module, { ...options, runs: 1, rng: stream(1) });
    await expect(ensemble).rejects.toThrow(message);
  });

  it('runs and rng', async () => {
    await expect(ensembleOnThreads(ENSEMBLES, { runs: 0, rng: stream(1) })).rejects.toThrow('runs must be');
    const without = { runs: 1 } as unknown as { runs: number; rng: ReturnType<typeof stream> };
    await expect(ensembleOnThreads(ENSEMBLES, without)).rejects.toThrow('rng must be a stream');
  });

  it('its own threads are ended by close', async () => {
    const own = samplerOnThreads(SAMPLERS, { threads: 1 });
    expect(own.threads).toBe(1);
    await own.close();
  });
});
