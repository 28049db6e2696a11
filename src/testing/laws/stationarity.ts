import * as fc from 'fast-check';
import { type LearningTask, squaredLoss } from '../../network/index.ts';
import { type Network, type NetworkConstraints, networks } from '../arbitraries/networks.ts';
import { reals } from '../arbitraries/numbers.ts';
import { described, textOf } from '../described.ts';
import { expectClose, type Tolerance } from '../violation.ts';
import { networkPredictions, type Rows } from './invariance.ts';

/** Moves a network for some time: the final neurons, row-major `[n, p]`. */
export type Evolution = (task: LearningTask, neurons: Rows) => ArrayLike<number>;

/** The same task with the squared loss and the network's own predictions as targets: its residual is 0 there. */
export function withoutResidual({ task, neurons }: Network): LearningTask {
  const solved = { ...task, loss: squaredLoss, targets: networkPredictions(task, neurons) };
  return described(solved, `${textOf(task)} with the network's predictions as targets`);
}

/**
 * A network whose predictions are the targets stays where it is: ∇V = Dφᵀ r = 0 for every neuron. Holds for gradient descent, the
 * random geometry, and the limits without partners; not for dropout's own forward passes, which are noisy unless q = 1.
 */
export function expectStationarity(evolve: Evolution, network: Network, tolerance: Tolerance = {}): void {
  const end = evolve(withoutResidual(network), network.neurons);
  expectClose('stationarity at a zero residual', 'the moved network, coordinate', end, network.neurons.flat(), {
    tolerance: 1e-9,
    ...tolerance,
  });
}

/** Stationarity of an evolution on drawn networks. */
export function stationarityProperty(evolve: Evolution, constraints: NetworkConstraints & Tolerance = {}) {
  return fc.property(networks({ coordinate: reals({ min: -1, max: 1 }), ...constraints }), (network) =>
    expectStationarity(evolve, network, constraints),
  );
}
