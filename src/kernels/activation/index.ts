import { checkOneOf } from '../../base/check.ts';
import type { Activation, ActivationName } from './activation.ts';
import { erf } from './erf.ts';
import { gelu } from './gelu.ts';
import { identity } from './identity.ts';
import { relu } from './relu.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';
import { tanh } from './tanh.ts';

export type { Activation, ActivationName } from './activation.ts';

/** Every activation by its name. */
export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  tanh,
  relu,
  sigmoid,
  softplus,
  gelu,
  erf,
  identity,
};

/** The activation of that name. */
export function activation(name: ActivationName): Activation {
  return ACTIVATIONS[checkOneOf('activation', name, Object.keys(ACTIVATIONS) as ActivationName[])];
}
