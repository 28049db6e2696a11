import { ArgumentError } from '../base/errors.ts';
import type { NeuronKernel, Team } from '../kernels/index.ts';
import type { NeuronModel } from './neuron.ts';

/**
 * A new kernel of a neuron, shared by a team if there is one.
 *
 * @throws ArgumentError if the neuron is custom and there is a team: functions cannot be sent to other threads
 */
export function kernelOn(team: Team | undefined, neuron: NeuronModel): NeuronKernel {
  if (team === undefined) return neuron.kernel();
  if (neuron.description === undefined)
    throw new ArgumentError(
      'team',
      `${team.threads} threads`,
      'left out for a custom neuron, whose functions other threads cannot be sent',
    );
  return team.kernel(neuron.description);
}
