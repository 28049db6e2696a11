/**
 * How fast are random numbers and active sets, against NumPy's generator (vectorized C) and pure-rand's own functions?
 * Nanoseconds a number, or an active neuron; a ratio above 1 says that the other takes longer.
 *
 *     npm run bench -- draws      (or: npx tsx bench/draws.ts [--quick])
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt as uniformIntOf } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  activeSetInto,
  activeSetSampler,
  binomial,
  exponential,
  fillNormal,
  normal,
  poisson,
  stream,
  uniformInt,
} from '../src/random/index.ts';
import { type Contestant, compare, head, ours, pythonPeer, quick, ratios, row } from './compare.ts';

const COUNT = 100_000;
const rounds = quick ? 5 : 15;
const numbers = new Float64Array(COUNT);
const set = new Int32Array(COUNT);
const rng = stream(1);
const raw = xoroshiro128plus(1);
const numpy = pythonPeer('draws.py', ['numpy']);

/** A loop of its own for each law, so that the compiler sees one kind of call there, as in real code. */
function fill(expression: string, draw: unknown, from: unknown = rng): () => void {
  const loop = new Function(
    'draw',
    'rng',
    'out',
    `for (let i = 0; i < ${COUNT}; i++) out[i] = ${expression}; return out;`,
  );
  return () => loop(draw, from, numbers);
}

const python = (law: string, argument = 0): Contestant[] =>
  numpy === null ? [] : [{ name: 'NumPy', time: async () => (await numpy.ask(`${law} ${COUNT} ${argument}`))[0]! }];

/** Each question: our way first, then the others. */
const QUESTIONS: readonly [string, number, readonly Contestant[]][] = [
  [
    '32-bit word',
    COUNT,
    [
      ours('meanfield', fill('rng.nextInt32()', null)),
      ours('pure-rand', fill('rng.next()', null, raw)),
      ...python('word'),
    ],
  ],
  [
    'uniform, 53 bits',
    COUNT,
    [
      ours('meanfield', fill('rng.uniform()', null)),
      ours('pure-rand', fill('draw(rng)', uniformFloat64, raw)),
      ...python('uniform'),
    ],
  ],
  [
    'integer below 1000',
    COUNT,
    [
      ours('meanfield', fill('draw(rng, 1000)', uniformInt)),
      ours('pure-rand', fill('draw(rng, 0, 999)', uniformIntOf, raw)),
      ...python('integer', 1000),
    ],
  ],
  [
    'normal',
    COUNT,
    [
      ours('meanfield, fillNormal', () => fillNormal(rng, numbers)),
      ours('meanfield, one by one', fill('draw(rng)', normal)),
      ours('pure-rand, Box–Muller by hand', fill('draw(rng)', boxMuller, raw)),
      ...python('normal'),
    ],
  ],
  ['exponential', COUNT, [ours('meanfield', fill('draw(rng)', exponential)), ...python('exponential')]],
  ['Poisson, mean 1', COUNT, [ours('meanfield', fill('draw(rng, 1)', poisson)), ...python('poisson', 1)]],
  ['Poisson, mean 8', COUNT, [ours('meanfield', fill('draw(rng, 8)', poisson)), ...python('poisson', 8)]],
  ['Poisson, mean 1000', COUNT, [ours('meanfield', fill('draw(rng, 1000)', poisson)), ...python('poisson', 1000)]],
  [
    'binomial, 100 and 0.05',
    COUNT,
    [ours('meanfield', fill('draw(rng, 100, 0.05)', binomial)), ...python('binomial', 0.05)],
  ],
  ...[0.5, 0.1, 0.01].map((q): [string, number, readonly Contestant[]] => {
    const sampler = activeSetSampler(q);
    return [
      `active neuron, q = ${q}`,
      COUNT * q,
      [
        ours('meanfield, activeSetSampler', () => sampler.into(rng, COUNT, set)),
        ours('meanfield, activeSetInto', () => activeSetInto(rng, COUNT, q, set)),
        ours('pure-rand, a word a neuron', () => byThreshold(q)),
        ...python('active', q),
      ],
    ];
  }),
];

function boxMuller(from: typeof raw): number {
  return Math.sqrt(-2 * Math.log(1 - uniformFloat64(from))) * Math.cos(2 * Math.PI * uniformFloat64(from));
}

function byThreshold(q: number): number {
  const below = q * 2 ** 32 - 2 ** 31;
  let count = 0;
  for (let i = 0; i < COUNT; i++) if (raw.next() < below) set[count++] = i;
  return count;
}

head('what', 'program', 'ns each', 'time / meanfield', 'quartiles', 'fastest');
for (const [what, each, contestants] of QUESTIONS)
  for (const standing of await compare(contestants, rounds))
    row(what, standing.name, ((1e9 * standing.seconds) / each).toFixed(1), ...ratios(standing));
numpy?.close();
