import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPhase, PHASE_IDS } from '../../src/dropout/index.ts';
import * as meanfield from '../../src/index.ts';
import { atomsOf, massOf } from '../../src/measure/index.ts';
import {
  clocks,
  coupledClouds,
  empiricalMeasures,
  gridMeasures,
  initialLaws,
  masksOf,
  measures,
  networks,
  permutations,
  phases,
  points,
  positives,
  reals,
  scalings,
  solvableProcesses,
  streams,
  tasks,
} from '../../src/testing/index.ts';
import { runBlock } from '../structure/run-block.ts';

/** The simplest value for which `bad` is true, as text. */
function simplest<T>(arbitrary: fc.Arbitrary<T>, bad: (value: T) => boolean = () => true): string[] {
  const { counterexample } = fc.check(
    fc.property(arbitrary, (value) => !bad(value)),
    { seed: 7, numRuns: 1000 },
  );
  return (counterexample ?? []).map((value) => fc.stringify(value));
}

describe('shrinking towards small and simple values', () => {
  it('of everything', () => {
    expect(simplest(reals())).toEqual(['0']);
    expect(simplest(reals({ min: 0.3, max: 2 }))).toEqual(['0.3']);
    expect(simplest(positives())).toEqual(['1']);
    expect(simplest(positives({ min: 2, max: 8 }))).toEqual(['2']);
    expect(simplest(points({ dimension: 2 }))).toEqual(['[[0,0]]']);
    expect(simplest(permutations(4).map((order) => order(4)))).toEqual(['[0,1,2,3]']);
    expect(simplest(streams())).toEqual(['stream(0)']);
    expect(simplest(initialLaws({ dimension: 2 }))).toEqual(['independentNormals([1,1])']);
    expect(simplest(tasks())).toEqual([
      'learningTask({ neuron: linearNeuron({ inputs: [[1]] }), loss: squaredLoss, targets: [1], initial: independentNormals([1]) })',
    ]);
    expect(simplest(phases())).toEqual(['{"id":"gradient-flow"}']);
    expect(simplest(phases({ ids: ['penalized-jump'] }))).toEqual([
      '{"id":"penalized-jump","jumpSize":1,"activeCount":1}',
    ]);
    expect(simplest(scalings())).toEqual([
      '{"law":{"learningRateExponent":0.125,"keepRateExponent":0,"learningRate":1,"keepRate":1},"phase":"gradient-flow","degenerate":[]}',
    ]);
    expect(simplest(empiricalMeasures())).toEqual(['empiricalMeasure([[0]])']);
    expect(simplest(gridMeasures())).toEqual(['gridMeasure([{"lower":-1,"upper":1,"count":2}], [1,1])']);
    expect(simplest(coupledClouds())).toEqual(['{"first":[[0]],"second":[[0]]}']);
    expect(simplest(clocks())).toEqual(['bernoulliMaskClock({ count: 1, keepRate: 1, rng: stream(0) })']);
    expect(simplest(solvableProcesses())).toEqual([
      'relaxation with {"start":1,"target":0,"rate":1,"noise":1,"until":1}',
    ]);
  });

  it('keeps what makes a case fail, and nothing else', () => {
    expect(simplest(networks(), ({ neurons }) => neurons.length > 2)).toEqual([
      expect.stringMatching(/"neurons":\[\[0\],\[0\],\[0\]\]/),
    ]);
    expect(simplest(tasks(), ({ neuron }) => neuron.dimension > 2 && neuron.name === 'perceptron')).toEqual([
      expect.stringMatching(
        /perceptron\(\{ inputs: \[\[1,1\]\], activation: 'identity', bias: false \}\)|perceptron\(\{ inputs: \[\[1\]\], activation: 'identity', bias: true \}\)/,
      ),
    ]);
    expect(simplest(tasks(), ({ loss, targets }) => loss.name === 'logistic' && targets[0] === -1)).toEqual([
      expect.stringMatching(/linearNeuron\(\{ inputs: \[\[1\]\] \}\), loss: logisticLoss, targets: \[-1\]/),
    ]);
    expect(simplest(empiricalMeasures(), ({ particles }) => particles.at(-1)! > 1.3)).toEqual([
      'empiricalMeasure([[1.3125]])',
    ]);
    expect(simplest(scalings({ degenerate: true }), ({ degenerate }) => degenerate.join() === 'starved')).toEqual([
      '{"law":{"learningRateExponent":1.125,"keepRateExponent":1.125,"learningRate":1,"keepRate":1},"phase":null,"degenerate":["starved"]}',
    ]);
  });
});

describe('what is drawn', () => {
  it('reaches every kind', () => {
    const drawn = fc.sample(tasks(), { seed: 1, numRuns: 400 });
    const kinds = new Set(drawn.map((task) => fc.stringify(task).match(/activation: '\w+'|linearNeuron/)![0]));
    expect(kinds.size).toBe(8);
    expect(new Set(drawn.map(({ loss }) => loss.name)).size).toBe(2);
    expect(new Set(drawn.map(({ initial }) => initial.points === undefined)).size).toBe(2);
    expect(new Set(drawn.map(({ neuron }) => neuron.samples))).toEqual(new Set([1, 2, 3]));
    expect(drawn.some(({ weights }) => new Set(weights).size > 1)).toBe(true);
    expect(new Set(fc.sample(phases(), { seed: 1, numRuns: 200 }).map(({ id }) => id)).size).toBe(5);
    const places = fc.sample(scalings({ degenerate: true }), { seed: 1, numRuns: 600 });
    expect(new Set(places.map(({ phase, degenerate }) => phase ?? degenerate.join())).size).toBe(10);
    expect(new Set(fc.sample(measures(), { seed: 1, numRuns: 50 }).map(({ kind }) => kind)).size).toBe(2);
  });

  it('is valid: phases, measures of mass 1, masks', () => {
    fc.assert(
      fc.property(phases(), (phase) => {
        checkPhase('phase', phase);
        expect(PHASE_IDS).toContain(phase.id);
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(measures({ dimension: 2 }), (measure) => {
        expect(atomsOf('measure', measure).dimension).toBe(2);
        expect(Math.abs(massOf(measure) - 1)).toBeLessThan(1e-14);
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(clocks(), (clock) => {
        const masks = masksOf(clock, 3);
        expect(masksOf(clock, 3)).toEqual(masks);
        for (const mask of masks)
          expect(mask).toEqual([...new Set(mask)].filter((i) => i < clock.count).sort((i, j) => i - j));
      }),
      { seed: 1 },
    );
  });

  it('is shown as the code that makes it again', async () => {
    for (const arbitrary of [tasks(), initialLaws({ dimension: 2 }), measures(), clocks(), streams()]) {
      for (const value of fc.sample(arbitrary as fc.Arbitrary<object>, { seed: 3, numRuns: 20 })) {
        const found: unknown[] = [];
        const names = Object.keys(meanfield).join(', ');
        await runBlock(
          `import { ${names} } from 'meanfield';\nimport { keep } from 'test';\nkeep(${fc.stringify(value)});`,
          {
            meanfield,
            test: { keep: (again: unknown) => found.push(again) },
          },
        );
        const plain = (object: unknown) => JSON.stringify(object);
        expect(plain(found[0])).toBe(plain(value));
      }
    }
  });

  it('refuses bounds that make no sense', () => {
    expect(() => reals({ min: 1, max: 0 })).toThrow('max must be');
    expect(() => positives({ min: 0 })).toThrow('min must be');
  });
});
