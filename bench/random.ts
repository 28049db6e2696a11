/** Nanoseconds per random number, active neuron and ring of a clock. Run by `npx tsx bench/random.ts`. */
import {
  activeSetInto,
  activeSetSampler,
  bernoulliClock,
  binomial,
  coupledClock,
  exponential,
  fillNormal,
  geometric,
  normal,
  poisson,
  poissonClock,
  sobolInto,
  sobolSequence,
  stream,
  uniformInt,
} from '../src/random/index.ts';

const rng = stream(1);
const DRAWS = 100_000;
const buffer = new Float64Array(DRAWS);
const out = new Int32Array(DRAWS);

function report(name: string, body: () => void, perCall: number, unit: string): void {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 200; round++) {
    const start = performance.now();
    body();
    best = Math.min(best, performance.now() - start);
  }
  console.log(`${name.padEnd(34)}${((best * 1e6) / perCall).toFixed(1).padStart(8)} ns per ${unit}`);
}

/** Each law gets its own loop, so that the compiler sees one kind of call there, as in real code. */
function loop(expression: string): (draw: unknown, rng: unknown) => number {
  return new Function('draw', 'rng', `let s = 0; for (let i = 0; i < ${DRAWS}; i++) s += ${expression}; return s;`) as (
    draw: unknown,
    rng: unknown,
  ) => number;
}

for (const [name, draw, expression] of [
  ['word', null, 'rng.nextInt32()'],
  ['uniform', null, 'rng.uniform()'],
  ['normal', normal, 'draw(rng)'],
  ['exponential', exponential, 'draw(rng)'],
  ['uniformInt 1000', uniformInt, 'draw(rng, 1000)'],
  ['geometric 0.1', geometric, 'draw(rng, 0.1)'],
  ['poisson 1', poisson, 'draw(rng, 1)'],
  ['poisson 9.9', poisson, 'draw(rng, 9.9)'],
  ['poisson 1000', poisson, 'draw(rng, 1000)'],
  ['binomial 100, 0.05', binomial, 'draw(rng, 100, 0.05)'],
  ['binomial 1e6, 0.3', binomial, 'draw(rng, 1e6, 0.3)'],
] as const) {
  const body = loop(expression);
  report(name, () => body(draw, rng), DRAWS, 'number');
}
report('fillNormal', () => fillNormal(rng, buffer), DRAWS, 'number');

for (const q of [0.9, 0.5, 0.2, 0.1, 0.01, 0.001]) {
  const sampler = activeSetSampler(q);
  report(`activeSetInto, n = 1e5, q = ${q}`, () => activeSetInto(rng, DRAWS, q, out), DRAWS * q, 'active neuron');
  report(`activeSetSampler, n = 1e5, q = ${q}`, () => sampler.into(rng, DRAWS, out), DRAWS * q, 'active neuron');
}

const stepOnly = stream(1);
report('split by an integer', () => repeat(1000, (i) => stepOnly.split(i)), 1000, 'stream');
report('split by a word and an integer', () => repeat(1000, (i) => stepOnly.split('step', i)), 1000, 'stream');

for (const [n, tau] of [
  [1000, 0.03],
  [100_000, 0.003],
] as const) {
  const clock = poissonClock({ count: n, rate: 1, rng: stream(2).split('clock') });
  const walk = clock.walk();
  report(`Poisson clock, n = ${n}`, () => repeat(DRAWS, () => walk.next()), DRAWS, 'ring');
  report(`  start of a walk`, () => repeat(100, (i) => clock.walk((i * 7919) / n)), 100, 'walk');
  const rng = stream(2).split('masks');
  for (const [name, steps] of [
    ['rings alone', coupledClock(clock, { step: tau, rng })],
    ['q = τ/α', coupledClock(clock, { step: tau, keepRate: tau, rng })],
    ['q = τ/(2α)', coupledClock(clock, { step: tau, keepRate: tau / 2, rng })],
    ['Bernoulli', bernoulliClock({ count: n, keepRate: tau, rng })],
  ] as const) {
    let step = 0;
    report(`  masks, τ = ${tau}, ${name}`, () => repeat(50, () => steps.activeInto(step++, out)), 50, 'step');
  }
}

const points = sobolSequence({ dimension: 10, rng: stream(3) });
report('Sobol, 10 dimensions', () => sobolInto(points, 0, DRAWS / 10, buffer), DRAWS, 'coordinate');

function repeat(count: number, body: (i: number) => void): void {
  for (let i = 0; i < count; i++) body(i);
}
