import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/base/index.ts';
import { checkExperimentFile, loadExperiment } from '../../src/experiment/index.ts';
import { PERCEPTRON, SMALL } from './fixtures.ts';

const csv = (more: object) => ({ ...PERCEPTRON, data: { csv: 'a.csv', ...more } });
const teacher = (more: object) => ({
  ...PERCEPTRON,
  data: { teacher: { dimension: 2, samples: 3, neurons: 4, ...more } },
});
const inputs = (data: object) => ({ ...SMALL, data: { ...SMALL.data, ...data } });

/** [what is wrong, the field that the error names, what it shows of the value, the content] */
const WRONG: readonly (readonly [string, string, string, unknown])[] = [
  ['a number', 'the experiment', 'got 3', 3],
  ['null', 'the experiment', 'got null', null],
  ['an array', 'the experiment', 'array', []],
  ['nothing', 'data', 'undefined', {}],
  ['an unknown field', 'colour', 'got 1', { ...SMALL, colour: 1 }],
  ['no network', 'network', 'undefined', { ...SMALL, network: undefined }],
  ['no initial', 'initial', 'undefined', { ...SMALL, initial: undefined }],
  ['no horizon', 'horizon', 'undefined', { ...SMALL, horizon: undefined }],
  ['horizon 0', 'horizon', 'got 0', { ...SMALL, horizon: 0 }],
  ['negative horizon', 'horizon', 'got -1', { ...SMALL, horizon: -1 }],
  ['infinite horizon', 'horizon', 'Infinity', { ...SMALL, horizon: JSON.parse('1e400') }],
  ['horizon as text', 'horizon', 'got "2"', { ...SMALL, horizon: '2' }],
  ['fractional seed', 'seed', 'got 1.5', { ...SMALL, seed: 1.5 }],
  ['huge seed', 'seed', '9007199254740992', { ...SMALL, seed: 2 ** 53 }],
  ['unknown loss', 'loss', 'got "hinge"', { ...SMALL, loss: 'hinge' }],
  ['data of another type', 'data', 'got 3', { ...SMALL, data: 3 }],
  ['empty data', 'data', 'got {}', { ...SMALL, data: {} }],
  ['csv of another type', 'data.csv', 'got 3', csv({ csv: 3 })],
  ['empty csv', 'data.csv', 'got ""', csv({ csv: '' })],
  ['two kinds of data', 'data.inputs', 'array', csv({ inputs: [[1]] })],
  ['fractional target', 'data.target', 'got 0.5', csv({ target: 0.5 })],
  ['empty target name', 'data.target', 'got ""', csv({ target: '' })],
  ['rows 0', 'data.rows', 'got 0', csv({ rows: 0 })],
  ['fractional rows', 'data.rows', 'got 1.5', csv({ rows: 1.5 })],
  ['rows as text', 'data.rows', 'got "64"', csv({ rows: '64' })],
  ['standardize as number', 'data.standardize', 'got 1', csv({ standardize: 1 })],
  ['header as text', 'data.header', 'got "yes"', csv({ header: 'yes' })],
  ['unknown delimiter', 'data.delimiter', 'got "|"', csv({ delimiter: '|' })],
  ['unknown drop word', 'data.drop', 'got "all"', csv({ drop: 'all' })],
  ['a column dropped twice', 'data.drop', 'array', csv({ drop: [1, 1] })],
  ['fractional column', 'data.drop[0]', 'got 0.5', csv({ drop: [0.5] })],
  ['no inputs', 'data.inputs', 'array of length 0', inputs({ inputs: [] })],
  ['an empty input', 'data.inputs[0]', 'array of length 0', inputs({ inputs: [[]] })],
  ['text among inputs', 'data.inputs[0][0]', 'got "1"', inputs({ inputs: [['1']] })],
  ['null among inputs', 'data.inputs[0][0]', 'got null', inputs({ inputs: [[null]] })],
  ['ragged inputs', 'data.inputs[1].length', 'got 2', inputs({ inputs: [[1], [1, 2]], targets: [1, 2] })],
  ['no targets', 'data.targets', 'undefined', { ...SMALL, data: { inputs: [[1]] } }],
  ['too many targets', 'data.targets.length', 'got 2', inputs({ targets: [1, 2] })],
  ['too many weights', 'data.weights.length', 'got 2', inputs({ weights: [1, 2] })],
  ['a negative weight', 'data.weights[0]', 'got -1', inputs({ weights: [-1] })],
  ['weights 0', 'data.weights', 'array', inputs({ weights: [0] })],
  ['logistic target 0', 'data.targets[0]', 'got 0', { ...inputs({ targets: [0] }), loss: 'logistic' }],
  ['teacher without dimension', 'data.teacher.dimension', 'undefined', teacher({ dimension: undefined })],
  ['teacher dimension 0', 'data.teacher.dimension', 'got 0', teacher({ dimension: 0 })],
  ['fractional samples', 'data.teacher.samples', 'got 2.5', teacher({ samples: 2.5 })],
  ['neurons 0', 'data.teacher.neurons', 'got 0', teacher({ neurons: 0 })],
  ['unknown teacher activation', 'data.teacher.activation', 'got "step"', teacher({ activation: 'step' })],
  ['teacher seed as text', 'data.teacher.seed', 'got "0"', teacher({ seed: '0' })],
  ['a teacher of classes', 'loss', 'got "logistic"', { ...teacher({}), loss: 'logistic' }],
  ['no neuron', 'network.neuron', 'undefined', { ...SMALL, network: {} }],
  ['unknown neuron', 'network.neuron', 'got "cubic"', { ...SMALL, network: { neuron: 'cubic' } }],
  [
    'linear with activation',
    'network.activation',
    'got "tanh"',
    { ...SMALL, network: { neuron: 'linear', activation: 'tanh' } },
  ],
  ['linear with bias', 'network.bias', 'got true', { ...SMALL, network: { neuron: 'linear', bias: true } }],
  [
    'unknown activation',
    'network.activation',
    'got "sin"',
    { ...inputs({}), ...PERCEPTRON, network: { neuron: 'perceptron', activation: 'sin' } },
  ],
  [
    'bias as number',
    'network.bias',
    'got 1',
    { ...inputs({}), ...PERCEPTRON, network: { neuron: 'perceptron', bias: 1 } },
  ],
  ['no law', 'initial.inner', 'undefined', { ...SMALL, initial: {} }],
  [
    'no outer law',
    'initial.outer',
    'undefined',
    { ...PERCEPTRON, data: SMALL.data, initial: { inner: { normal: 1 } } },
  ],
  [
    'no inner law',
    'initial.inner',
    'undefined',
    { ...PERCEPTRON, data: SMALL.data, initial: { outer: { normal: 1 } } },
  ],
  ['law without deviation', 'initial.inner.normal', 'undefined', { ...SMALL, initial: { inner: {} } }],
  ['negative deviation', 'initial.inner.normal', 'got -1', { ...SMALL, initial: { inner: { normal: -1 } } }],
  ['unknown law', 'initial.inner.uniform', 'got 1', { ...SMALL, initial: { inner: { normal: 1, uniform: 1 } } }],
  [
    'two laws for one',
    'initial.outer.normal',
    'got 2',
    { ...SMALL, initial: { outer: { normal: 2 }, inner: { normal: 1 } } },
  ],
  ['no points', 'initial.points', 'array of length 0', { ...SMALL, initial: { points: [] } }],
  ['an empty point', 'initial.points[0]', 'array of length 0', { ...SMALL, initial: { points: [[]] } }],
  ['points and a law', 'initial.inner', 'normal', { ...SMALL, initial: { points: [[1]], inner: { normal: 1 } } }],
  ['points of wrong length', 'initial.points[1].length', 'got 2', { ...SMALL, initial: { points: [[1], [1, 2]] } }],
  [
    'perceptron points',
    'initial.points[0].length',
    'got 1',
    { ...PERCEPTRON, data: SMALL.data, initial: { points: [[1]] } },
  ],
];

describe('a wrong experiment file', () => {
  it.each(WRONG)('%s: the error names %s', async (_what, field, shown, content) => {
    // Through JSON, as from a file: fields that are undefined go away (Infinity stands for 1e400, so it is kept).
    const plain = shown === 'Infinity' ? content : JSON.parse(JSON.stringify(content));
    const error = await loadExperiment(plain, { folder: '/nonexistent' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as ArgumentError).argument).toBe(field);
    expect((error as ArgumentError).message).toContain(shown);
    expect((error as ArgumentError).message).not.toContain('\n');
  });

  it('says what is allowed', () => {
    expect(() => checkExperimentFile({ ...SMALL, loss: 'hinge' })).toThrow('one of "squared", "logistic"');
    expect(() => checkExperimentFile({ ...SMALL, horizon: -1 })).toThrow('a finite number in (0, inf)');
    expect(() => checkExperimentFile({ ...SMALL, more: 1 })).toThrow('data, network, loss, initial, horizon, seed');
  });
});

describe('a right experiment file', () => {
  it('has defaults: squared loss, seed 1, equal weights', async () => {
    const { task, seed, horizon, fixedNeurons } = await loadExperiment(SMALL);
    expect(task.loss.name).toBe('squared');
    expect([...task.weights]).toEqual([1]);
    expect({ seed, horizon, fixedNeurons }).toEqual({ seed: 1, horizon: 1, fixedNeurons: undefined });
  });

  it.each([
    ['inner', { inner: { normal: 0.5 } }],
    ['outer', { outer: { normal: 0.5 } }],
    ['both', { outer: { normal: 0.5 }, inner: { normal: 0.5 } }],
  ])('gives every coordinate of a linear neuron the deviation of %s', async (_name, initial) => {
    const data = { inputs: [[1, 2]], targets: [1] };
    const { task } = await loadExperiment({ ...SMALL, data, initial });
    expect([...task.initial.normal!.scales]).toEqual([0.5, 0.5]);
  });

  it('gives inner weights and bias of a perceptron one deviation, the outer weight its own', async () => {
    const initial = { outer: { normal: 0 }, inner: { normal: 0.25 } };
    const { task } = await loadExperiment({ ...PERCEPTRON, data: { inputs: [[1, 2]], targets: [1] }, initial });
    expect([...task.initial.normal!.scales]).toEqual([0, 0.25, 0.25, 0.25]);
  });

  it('has a tanh perceptron without bias unless told', async () => {
    const { task } = await loadExperiment({ ...PERCEPTRON, data: SMALL.data, network: { neuron: 'perceptron' } });
    expect(task.neuron.parameterNames).toEqual(['outer', 'inner[0]']);
    const out = new Float64Array(1);
    task.neuron.kernel().forward(Float64Array.of(2, 0.5), null, 1, out);
    expect(out[0]).toBeCloseTo(2 * Math.tanh(0.5), 12);
  });

  it('keeps fixed points as the start', async () => {
    const { task, fixedNeurons } = await loadExperiment({ ...SMALL, initial: { points: [[0.3], [-1.2], [2]] } });
    expect(fixedNeurons).toBe(3);
    expect([...task.initial.points!.data]).toEqual([0.3, -1.2, 2]);
  });

  it('accepts a pointer to the schema, for editors', () => {
    expect(() => checkExperimentFile({ ...SMALL, $schema: '../schema/experiment.schema.json' })).not.toThrow();
  });
});
