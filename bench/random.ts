/** Nanoseconds per random number and per active neuron. Run by `npx tsx bench/random.ts`. */
import {
  activeSetInto,
  activeSetSampler,
  binomial,
  exponential,
  fillNormal,
  geometric,
  normal,
  poisson,
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
