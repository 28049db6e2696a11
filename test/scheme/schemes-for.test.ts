import { describe, expect, it } from 'vitest';
import {
  boundedRate,
  type Calculus,
  constantRate,
  type Diffusion,
  displacement,
  integratedRate,
  type Jump,
  jumpMap,
  type MeanFieldProcess,
  stateRate,
} from '../../src/process/index.ts';
import { refusal, schemesFor, schemeTable } from '../../src/scheme/index.ts';

const nothing = () => {};
const flow = { drift: { particle: nothing } };
const calculi: readonly Calculus[] = ['ito', 'stratonovich'];
const diffusions: readonly Diffusion[] = calculi.flatMap((calculus) =>
  (['scalar', 'diagonal', 'general'] as const).flatMap((noise) =>
    [false, true].flatMap((additive) =>
      [false, true].map((commutative) => ({
        ...{ noise, calculus, additive, commutative, particle: nothing },
        ...(noise === 'general' && { noises: 2 }),
      })),
    ),
  ),
);
const rates = [constantRate(1), stateRate(() => 1), boundedRate(() => 1, { bound: 1 }), integratedRate(() => 1)];
const changes = [displacement([1]), jumpMap(nothing)];
const jumps: readonly (readonly Jump[])[] = [
  ...rates.flatMap((rate) => changes.map((change) => [{ rate, change }])),
  rates.map((rate) => ({ rate, change: changes[0]! })),
  changes.map((change) => ({ rate: rates[0]!, change })),
];
const processes: readonly MeanFieldProcess[] = [
  { dimension: 1, ...flow },
  ...diffusions.map((diffusion) => ({ dimension: 1, ...flow, diffusion })),
  ...jumps.flatMap((some) => [
    { dimension: 1, jumps: some },
    { dimension: 1, ...flow, jumps: some },
    { dimension: 1, ...flow, diffusion: diffusions[0]!, jumps: some },
    { dimension: 1, ...flow, diffusion: diffusions.at(-1)!, jumps: some },
  ]),
];

describe('schemesFor', () => {
  it(`names the schemes that do not refuse, over ${processes.length} processes`, () => {
    for (const process of processes) {
      const able = schemeTable.filter(({ make }) => refusal(make(1), process) === undefined);
      const shape = JSON.stringify([process.diffusion, process.jumps]);
      expect([shape, ...schemesFor(process)]).toEqual([shape, ...new Set(able.map(({ factory }) => factory))]);
    }
  });
});
