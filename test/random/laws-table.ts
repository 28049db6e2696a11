import {
  activeSetInto,
  activeSetSampler,
  aliasTable,
  binomial,
  chooseWeighted,
  exponential,
  fillNormal,
  geometric,
  multinomialInto,
  normal,
  poisson,
  type Stream,
  sampleWithoutReplacementInto,
  shuffle,
  uniformInt,
} from '../../src/random/index.ts';

/** Everything that can be drawn, each as a few numbers: golden streams and the laws of saving run over this table. */
export const drawables: readonly { readonly name: string; readonly draw: (rng: Stream) => number[] }[] = [
  { name: 'word', draw: (rng) => [rng.nextInt32()] },
  { name: 'uniform', draw: (rng) => [rng.uniform()] },
  { name: 'open uniform', draw: (rng) => [rng.uniformOpen()] },
  { name: 'normal', draw: (rng) => [normal(rng)] },
  {
    name: 'fillNormal',
    draw: (rng) => {
      const out = new Float64Array(3);
      fillNormal(rng, out);
      return [...out];
    },
  },
  { name: 'exponential', draw: (rng) => [exponential(rng)] },
  { name: 'uniformInt 6', draw: (rng) => [uniformInt(rng, 6)] },
  { name: 'uniformInt 3e9', draw: (rng) => [uniformInt(rng, 3e9)] },
  { name: 'uniformInt 2^52', draw: (rng) => [uniformInt(rng, 2 ** 52)] },
  { name: 'geometric 0.1', draw: (rng) => [geometric(rng, 0.1)] },
  { name: 'geometric 1e-9', draw: (rng) => [geometric(rng, 1e-9)] },
  { name: 'poisson 0.7', draw: (rng) => [poisson(rng, 0.7)] },
  { name: 'poisson 1234.5', draw: (rng) => [poisson(rng, 1234.5)] },
  { name: 'binomial 20, 0.3', draw: (rng) => [binomial(rng, 20, 0.3)] },
  { name: 'binomial 1e6, 0.6', draw: (rng) => [binomial(rng, 1e6, 0.6)] },
  {
    name: 'shuffle 5',
    draw: (rng) => {
      const items = [0, 1, 2, 3, 4];
      shuffle(rng, items);
      return items;
    },
  },
  { name: 'sample 3 of 10', draw: sample(10) },
  { name: 'sample 3 of 1000', draw: sample(1000) },
  {
    name: 'weighted choice',
    draw: ((table) => (rng: Stream) => [chooseWeighted(rng, table)])(aliasTable([1, 5, 2, 0, 0.3])),
  },
  {
    name: 'multinomial',
    draw: (rng) => {
      const out = new Float64Array(3);
      multinomialInto(rng, 20, [1, 2, 3], out);
      return [...out];
    },
  },
  { name: 'active set, q = 0.2', draw: drawInto(12, (rng, out) => activeSetInto(rng, 12, 0.2, out)) },
  { name: 'active set, q = 0.8', draw: drawInto(12, (rng, out) => activeSetInto(rng, 12, 0.8, out)) },
  { name: 'sampled active set, q = 0.2', draw: drawInto(12, (rng, out) => activeSetSampler(0.2).into(rng, 12, out)) },
  { name: 'sampled active set, q = 0.8', draw: drawInto(12, (rng, out) => activeSetSampler(0.8).into(rng, 12, out)) },
];

function drawInto(capacity: number, draw: (rng: Stream, out: Int32Array) => number): (rng: Stream) => number[] {
  return (rng) => {
    const out = new Int32Array(capacity);
    const size = draw(rng, out);
    return [...out.subarray(0, size)];
  };
}

function sample(n: number): (rng: Stream) => number[] {
  return drawInto(3, (rng, out) => {
    sampleWithoutReplacementInto(rng, n, out);
    return 3;
  });
}
