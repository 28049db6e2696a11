import { basename } from 'node:path';
import type { ReportExperiment } from '../../report/types.ts';
import type { Experiment } from '../experiment.ts';

/** The set-up of an experiment, as the report tells it. */
export function describeExperiment(experiment: Experiment): ReportExperiment {
  const { file, dataset, task, horizon, path } = experiment;
  const { network, initial, loss = 'squared' } = file;
  const perceptron = network.neuron === 'perceptron';
  return {
    ...(path === undefined ? {} : { file: basename(path) }),
    data: { source: basename(dataset.source), samples: dataset.inputs.rows, inputs: dataset.inputs.columns },
    network: {
      neuron: network.neuron,
      ...(perceptron ? { activation: network.activation ?? 'tanh', bias: network.bias ?? false } : {}),
      parameters: task.neuron.dimension,
    },
    loss,
    initial:
      'points' in initial
        ? `${initial.points.length} fixed neurons`
        : perceptron
          ? `outer weight N(0, ${square(initial.outer?.normal)}), inner weights and bias N(0, ${square(initial.inner?.normal)}), independent`
          : `weights N(0, ${square((initial.inner ?? initial.outer)?.normal)}), independent`,
    horizon,
  };
}

/** A variance, from its standard deviation (default 1). */
function square(deviation = 1): string {
  return deviation === 1 ? '1' : `${deviation}²`;
}
