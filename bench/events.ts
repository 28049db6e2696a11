/**
 * Cost of an exact event against the number of particles: flat for constant rates, logarithmic for varying ones.
 *
 *     npm run bench -- events      (or: npx tsx bench/events.ts [--quick])
 */
import {
  boundedRate,
  constantRate,
  displacement,
  jumpMap,
  type MeanFieldProcess,
  stateRate,
} from '../src/process/index.ts';
import { stream } from '../src/random/index.ts';
import { exactJumps } from '../src/scheme/index.ts';
import { solve } from '../src/solve/index.ts';
import { head, quick, row } from './compare.ts';

const statistic = {
  size: 1,
  particle: (x: Float64Array, out: Float64Array) => {
    out[0] = x[0]!;
  },
  cloud: (cloud: Float64Array, count: number, out: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += cloud[i]!;
    out[0] = sum / count;
  },
};
const pull = jumpMap((x, s) => {
  x[0]! -= 0.1 * (s[0]! - 1);
});

const problems: [string, MeanFieldProcess][] = [
  ['constant rate, mean-field map', { dimension: 1, statistic, jumps: [{ rate: constantRate(1), change: pull }] }],
  [
    'thinned rate that reads the statistic',
    {
      dimension: 1,
      statistic,
      jumps: [{ rate: boundedRate((_x, s) => 1 + 0.5 * Math.tanh(s[0]!), { bound: 1.5 }), change: pull }],
    },
  ],
  [
    'two rates of the state (birth, death)',
    {
      dimension: 1,
      jumps: [
        { rate: stateRate((x) => x[0]!), change: displacement([1]) },
        { rate: stateRate((x) => x[0]!), change: displacement([-1]) },
      ],
    },
  ],
];

const EVENTS = quick ? 40_000 : 400_000;

console.log('Nanoseconds an event, with set-up taken off:\n');
head('problem', ...['10³', '10⁴', '10⁵', '10⁶'].map((n) => `N = ${n}`));
for (const [name, process] of problems) {
  const cells = [1e3, 1e4, 1e5, 1e6].map((count) => {
    const initial = { count, law: { sampleInto: (_rng: unknown, _n: number, out: Float64Array) => out.fill(1) } };
    const rate = process.jumps!.length;
    const timed = (events: number) => {
      const before = performance.now();
      const { statistics } = solve(process, {
        initial,
        until: events / (count * rate),
        scheme: exactJumps(),
        rng: stream(1),
      });
      return { milliseconds: performance.now() - before, events: statistics.events! };
    };
    // The fastest of several: others may use the machine.
    const fastest = (events: number) => {
      const runs = Array.from({ length: 5 }, () => timed(events));
      return runs.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
    };
    const [short, long] = [fastest(EVENTS / 4), fastest(EVENTS)];
    return Math.round((1e6 * (long.milliseconds - short.milliseconds)) / (long.events - short.events));
  });
  row(name, ...cells);
}
