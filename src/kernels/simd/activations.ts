import type { ActivationName } from '../activation/activation.ts';
import { erfTable } from '../activation/erf-table.ts';
import { expTables } from '../activation/exp.ts';
import { logTable } from '../activation/log-one-plus.ts';
import { millsTable } from '../activation/mills-table.ts';
import { tanhTable } from '../activation/tanh-table.ts';
import type { Engine } from './engine.ts';

/** The numbers of the activations in assembly/activation/index.ts. */
const KINDS: readonly ActivationName[] = ['tanh', 'relu', 'sigmoid', 'identity', 'softplus', 'erf', 'gelu'];

/** Which tables have been written to which engine. */
const written = new WeakMap<Engine, Set<string>>();

/** The number of an activation, after its tables have been put in place. */
export function prepareActivation(engine: Engine, name: ActivationName): number {
  const done = written.get(engine) ?? new Set<string>();
  written.set(engine, done);
  const put = (key: string, at: number, values: () => Float64Array) => {
    if (!done.has(key)) engine.heap.set(values(), at / 8);
    done.add(key);
  };
  const { calls } = engine;
  if (name === 'tanh') put('tanh', calls.tanhTable(), tanhTable);
  if (name === 'erf') put('erf', calls.erfTable(), erfTable);
  if (name === 'gelu') put('mills', calls.millsTable(), millsTable);
  if (name === 'softplus') put('log', calls.logTable(), logTable);
  if (name !== 'tanh') put('exp', calls.expTable(), biasedRoots);
  return KINDS.indexOf(name);
}

/** 2^(j/64) with j·2^46 taken off its bits (assembly/activation/exp.ts). */
function biasedRoots(): Float64Array {
  const out = expTables().roots.slice();
  const words = new Uint32Array(out.buffer);
  for (let j = 0; j < 64; j++) words[2 * j + 1]! -= j << 14;
  return out;
}
