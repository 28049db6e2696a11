import { afterAll, describe, expect, it } from 'vitest';
import { threadCount } from '../../src/experiment/executor/threads.ts';
import { createExecutor, type Executor, loadExperiment, planSimulation, simulate } from '../../src/experiment/index.ts';
import { PERCEPTRON, SMALL } from './fixtures.ts';

const EXECUTORS: readonly (readonly [string, Executor])[] = [
  ['in process', createExecutor({ threads: 1 })],
  ['one worker', createExecutor({ threads: 1, inProcess: false })],
  ['two workers', createExecutor({ threads: 2, inProcess: false })],
];

afterAll(() => Promise.all(EXECUTORS.map(([, executor]) => executor.close())));

const data = {
  inputs: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  targets: [1, -1, 0],
};

describe('executors', () => {
  it.each(EXECUTORS)('%s: gives the same bits as any other', async (_name, executor) => {
    const experiment = await loadExperiment({ ...PERCEPTRON, data });
    const plan = planSimulation(experiment, { width: 20, learningRate: 0.1, keepRate: 0.5, replicates: 300 });
    const fractions: number[] = [];
    const { seconds, ...result } = await simulate(experiment, plan, executor, { progress: (f) => fractions.push(f) });
    const reference = await simulate(experiment, plan, EXECUTORS[0]![1]);
    expect(seconds).toBeGreaterThan(0);
    expect(result).toEqual({ ...reference, seconds: undefined });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it.each(EXECUTORS)('%s: stops when aborted, and can go on afterwards', async (_name, executor) => {
    const experiment = await loadExperiment({ ...PERCEPTRON, data });
    const long = planSimulation(experiment, { width: 2000, learningRate: 1e-5, keepRate: 0.5, replicates: 50 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 150);
    await expect(simulate(experiment, long, executor, { signal: stop.signal })).rejects.toThrow('enough');
    const short = planSimulation(experiment, { width: 2, learningRate: 0.5, keepRate: 0.5, replicates: 2 });
    expect((await simulate(experiment, short, executor)).replicates).toBe(2);
  });

  it.each(EXECUTORS)('%s: passes on errors with their class and fields', async (_name, executor) => {
    const { description } = await loadExperiment(SMALL);
    const input = {
      task: description,
      seed: 1,
      chunk: { first: 0, count: 1 },
      width: 1,
      learningRate: 1,
      keepRate: 2,
      variant: 'dropout',
      horizon: 1,
    } as const;
    await expect(executor.run('simulate-replicates', [input])).rejects.toMatchObject({
      name: 'ArgumentError',
      argument: 'keepRate',
      value: 2,
    });
  });

  it('an executor does nothing when it is aborted beforehand', async () => {
    for (const [, executor] of EXECUTORS)
      await expect(
        executor.run('simulate-replicates', [], { signal: AbortSignal.abort(new Error('no')) }),
      ).rejects.toThrow('no');
  });
});

describe('threadCount', () => {
  it('takes what is asked, else MEANFIELD_THREADS, else the cores', () => {
    expect(threadCount(3, { MEANFIELD_THREADS: '5' })).toBe(3);
    expect(threadCount(undefined, { MEANFIELD_THREADS: '5' })).toBe(5);
    expect(threadCount(undefined, { MEANFIELD_THREADS: '' })).toBeGreaterThanOrEqual(1);
  });

  it.each(['0', '-1', 'two', '1.5', '1e3', '4096', ' 2'])('refuses MEANFIELD_THREADS=%j', (value) => {
    expect(() => threadCount(undefined, { MEANFIELD_THREADS: value })).toThrow('MEANFIELD_THREADS must be');
  });

  it.each([0, -1, 1.5, Number.NaN, 2000])('refuses %s threads', (value) => {
    expect(() => threadCount(value, {})).toThrow('threads must be');
  });
});
