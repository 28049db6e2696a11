import { meanFieldProcess } from '../../../src/process/index.ts';
import { exactJumps, rk4 } from '../../../src/scheme/index.ts';
import { birthDeath } from '../../problems/birth-death.ts';

const { process, initial } = birthDeath({ until: 2 });

export const births = {
  process,
  options: {
    initial: initial(1),
    until: 2,
    scheme: exactJumps(),
    saveAt: [1, 2],
    save: ({ cloud }: { cloud: Float64Array }) => [cloud[0]!],
  },
};

export default () => births;

/** Nothing random, but for where it ends: a given rate of decay. */
export const decay = async (data: { readonly rate: number }) => ({
  process: meanFieldProcess({
    dimension: 1,
    drift: {
      particle: (x, _s, _t, out) => {
        out[0] = -data.rate * x[0]!;
      },
    },
  }),
  options: {
    initial: [[1]],
    until: 1,
    scheme: rk4({ step: 0.1 }),
    saveAt: [1],
    save: ({ cloud }: { cloud: Float64Array }) => [cloud[0]!],
  },
});

let started = 0;

/** Its process throws in the third run of every chunk. */
export const throwing = () => {
  started = 0;
  const { process: harmless, options } = births;
  const save = (snapshot: { cloud: Float64Array; time: number }) => {
    if (snapshot.time === 1 && ++started === 3) throw new RangeError('spoiled');
    return [snapshot.cloud[0]!];
  };
  return { process: harmless, options: { ...options, save } };
};

export const unmade = () => {
  throw new Error('no problem');
};

export const empty = () => ({});

export const bad = () => ({ process, options: { ...births.options, until: -1 } });
