import { asMatrix } from '../../base/arrays.ts';
import { perceptron } from '../../network/neuron.ts';
import { fillNormal } from '../../random/normal.ts';
import { stream } from '../../random/stream.ts';
import type { TeacherData } from '../file/types.ts';
import type { Dataset } from './dataset.ts';

/**
 * Data of a teacher network f(z) = (1/k) Σ_i a_i σ(⟨b_i, z⟩) with k = `neurons`: a_i and the coordinates of b_i are independent
 * N(0, 1), and inputs z have independent N(0, 1/d) coordinates. So ‖z‖ is about 1 and ⟨b_i, z⟩ is of order 1 in every
 * dimension d. No bias and no noise. A function of the teacher's own seed alone.
 */
export function teacherDataset({ teacher }: TeacherData): Dataset {
  const { dimension, samples, neurons, activation = 'relu', seed = 0 } = teacher;
  const root = stream(seed).split('teacher');
  const data = new Float64Array(samples * dimension);
  fillNormal(root.split('inputs'), data);
  const scale = 1 / Math.sqrt(dimension);
  for (let i = 0; i < data.length; i++) data[i]! *= scale;
  const weights = new Float64Array(neurons * (dimension + 1));
  fillNormal(root.split('neurons'), weights);
  const network = perceptron({ inputs: asMatrix(data, samples, dimension), activation, bias: false });
  const targets = new Float64Array(samples);
  network.kernel().forward(weights, null, neurons, targets);
  for (let j = 0; j < samples; j++) targets[j]! /= neurons;
  return {
    inputs: { data, rows: samples, columns: dimension },
    targets,
    source: `teacher of ${neurons} ${activation} neurons`,
  };
}
