import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { locateWorker } from '../../src/experiment/executor/worker-file.ts';
import { startTeam, type ThreadTeam } from '../../src/experiment/index.ts';
import {
  customNeuron,
  independentNormals,
  type LearningTask,
  learningTask,
  linearNeuron,
  logisticLoss,
  type NeuronModel,
  normal,
  type Phase,
  perceptron,
  perceptronNormals,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  type Stream,
  solveLimit,
  stream,
  train,
  VARIANTS,
} from '../../src/index.ts';
import { fusesProducts } from '../../src/kernels/index.ts';
import { createTeam, type TeamMessage } from '../../src/kernels/team/index.ts';
import { allowRelaxedSimd } from '../kernels/relaxed-simd.ts';

const M = 7;
const D = 3;
const SIZES = [1, 2, 3];
let teams: ThreadTeam[] = [];

// Every call is shared, however small, as long as there are two blocks.
beforeAll(async () => {
  teams = await Promise.all(SIZES.map((threads) => startTeam({ threads, grain: 0 })));
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => Promise.all(teams.map((team) => team.close())));

function normals(rng: Stream, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => normal(rng));
}

/** Where two arrays first differ, in bits but for the sign of 0; -1 if nowhere. Much faster than toEqual. */
function difference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  return a.findIndex((value, i) => value !== b[i]);
}

const inputs = Array.from({ length: M }, (_, j) => normals(stream(1).split(j), D));
const NEURONS: readonly NeuronModel[] = [
  perceptron({ inputs, bias: true }),
  perceptron({ inputs, activation: 'softplus' }),
  linearNeuron({ inputs }),
];

function taskOf(neuron: NeuronModel, loss?: LearningTask['loss']): LearningTask {
  const targets = inputs.map((z) => Math.sign(z[0]!));
  const initial =
    neuron.name === 'linear' ? independentNormals([1, 1, 1]) : perceptronNormals({ dimension: neuron.dimension });
  return learningTask({ neuron, targets, initial, ...(loss && { loss }) });
}

describe('a run has the same bits for any number of threads', () => {
  const runs = VARIANTS.flatMap((variant) =>
    [1, 128, 129, 1500].map((width, i) => ({ variant, width, neuron: NEURONS[(i + 2) % NEURONS.length]! })),
  );
  test('on kernels that fuse, as on others', () => {
    allowRelaxedSimd();
    const run = (team?: ThreadTeam) =>
      train(taskOf(NEURONS[0]!), {
        ...{ width: 700, keepRate: 0.6, learningRate: 0.05, steps: 12, rng: stream(5) },
        ...(team && { team }),
      }).particles.data;
    const separate = run();
    vi.stubEnv('MEANFIELD_KERNEL', 'simd-fma');
    const alone = run();
    for (const team of teams) expect(difference(run(team), alone)).toBe(-1);
    expect(difference(separate, alone) === -1).toBe(!fusesProducts());
  });

  test.each(runs)('$variant, width $width, $neuron.name', ({ variant, width, neuron }) => {
    for (const [batchSize, keepRate] of [
      [M, 0.6],
      [3, 0.6],
      [M, 1],
    ] as const) {
      const options = { width, variant, keepRate, batchSize, learningRate: 0.05, steps: 12, rng: stream(5) };
      const save = { saveAt: [0.3], save: (s: { predictions(): Float64Array }) => s.predictions().slice() };
      const alone = train(taskOf(neuron), { ...options, ...save });
      for (const team of teams) {
        const shared = train(taskOf(neuron), { ...options, ...save, team });
        expect(difference(shared.particles.data, alone.particles.data)).toBe(-1);
        expect(shared.predictions).toEqual(alone.predictions);
        expect(shared.saved).toEqual(alone.saved);
      }
    }
  });

  const phases: readonly (readonly [Phase, LearningTask['loss'] | undefined])[] = [
    [phaseGradientFlow(), undefined],
    [phasePoissonJump({ jumpSize: 0.3 }), undefined],
    [phaseBernoulliJump({ learningRate: 0.1, keepRate: 0.5 }), undefined],
    [phasePenalizedFlow({ activeCount: 4 }), undefined],
    [phasePenalizedFlow({ activeCount: 4 }), logisticLoss],
    [phasePenalizedJump({ jumpSize: 0.3, activeCount: 4 }), undefined],
  ];
  test.each(phases)('the limit $id', (phase, loss) => {
    const options = { particles: 600, horizon: 0.4, rng: stream(2) };
    const task = taskOf(NEURONS[0]!, loss);
    const alone = solveLimit(phase, task, options);
    for (const team of teams)
      expect(difference(solveLimit(phase, task, { ...options, team }).final.data, alone.final.data)).toBe(-1);
  });
});

describe('a kernel of a team answers as that of one thread', () => {
  test.each(NEURONS)('$name', ({ kernel, description, dimension: p }) => {
    const rng = stream(8);
    for (const team of teams)
      for (const n of [100, 901]) {
        const [alone, shared] = [kernel(), team.kernel(description!)];
        const given = normals(rng, n * p);
        const set = Int32Array.from({ length: n }, (_, i) => i).filter((i) => i % 3 !== 1);
        const direct = team.allocate(n * p);
        for (const where of ['copied', 'direct', 'moved elsewhere'] as const)
          for (const chosen of [null, set])
            for (const rows of [null, Int32Array.of(5, 0, 2)]) {
              const count = chosen?.length ?? n;
              alone.select(rows);
              shared.select(rows);
              const m = shared.samples;
              const both = (answer: (k: typeof alone, x: Float64Array, target: Float64Array) => Float64Array) => {
                direct.set(given);
                const x = given.slice();
                const place = where === 'copied' ? given.slice() : direct;
                const expected = answer(alone, x, x);
                const target = where === 'moved elsewhere' ? given.slice() : place;
                expect(difference(answer(shared, place, target), expected)).toBe(-1);
              };
              const [weights, residual, penalty, each] = [count, m, m, count * m].map((k) => normals(rng, k));
              both((k, x) => {
                const sums = new Float64Array(m);
                k.forward(x, chosen, count, sums, weights);
                return sums;
              });
              both((k, x) => {
                const features = new Float64Array(count * m);
                k.forward(x, chosen, count, new Float64Array(m));
                k.featuresInto(x, features);
                return features;
              });
              both((k, x) => {
                const pulled = new Float64Array(2 * count * p);
                k.forward(x, chosen, count, null);
                k.pullBackInto(x, residual!, penalty!, -2, pulled.subarray(0, count * p));
                k.pullBackInto(x, residual!, null, 3, pulled.subarray(count * p));
                return pulled;
              });
              both((k, x, target) => {
                k.forward(x, chosen, count, null);
                k.descend(target, residual!, 0.3);
                return target;
              });
              both((k, x, target) => {
                k.forward(x, chosen, count, null);
                k.descendEach(target, each!, 0.3);
                return target;
              });
            }
      }
  });
});

describe('when things go wrong', () => {
  const description = NEURONS[0]!.description!;
  const forward = (team: Pick<ThreadTeam, 'kernel'>) => {
    const kernel = team.kernel(description);
    kernel.forward(new Float64Array(1000 * kernel.dimension), null, 1000, new Float64Array(M));
  };

  test('a custom neuron is refused', () => {
    const neuron = customNeuron({ dimension: 1, samples: M, features: () => {}, pullBack: () => {} });
    const task = learningTask({ neuron, targets: inputs.map(() => 0), initial: independentNormals([1]) });
    const options = { width: 3, keepRate: 1, learningRate: 1, steps: 1, rng: stream(1), team: teams[1]! };
    expect(() => train(task, options)).toThrow('team must be left out for a custom neuron');
  });

  test('a wrong number of threads is refused', async () => {
    await expect(startTeam({ threads: 0 })).rejects.toThrow('threads must be an integer in [1, 1024], got 0');
  });

  test('a closed team throws, and so does one that has lost a thread', async () => {
    const team = await startTeam({ threads: 2, grain: 0 });
    forward(team);
    await team.close();
    expect(() => forward(team)).toThrow('the team of 2 threads failed: it was closed');
  });

  test('a thread that never answers is an error, not a hang', () => {
    const team = createTeam([() => {}], { grain: 0, patience: 20 });
    expect(() => forward(team)).toThrow('a thread has not answered for 20 ms');
    expect(() => forward(team)).toThrow('a thread has not answered');
  });

  test("a thread's error is thrown on the calling thread", async () => {
    const { filename, execArgv } = locateWorker('team-worker')!;
    const worker = new Worker(filename, { execArgv: [...execArgv] });
    const spoil = (message: TeamMessage) => (message.kind === 'kernel' ? { ...message, description: {} } : message);
    const team = createTeam([(message) => worker.postMessage(spoil(message))], { grain: 0 });
    expect(() => forward(team)).toThrow(/the team of 2 threads failed: .*undefined/);
    await worker.terminate();
  });
});
