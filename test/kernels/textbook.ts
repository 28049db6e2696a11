/** The perceptron written as in a textbook, one neuron and one sample at a time: the oracle of the kernels. */
export interface TextbookNeuron {
  readonly inputs: readonly (readonly number[])[];
  readonly bias: boolean;
  sigma(v: number): number;
  slope(v: number): number;
}

export function textbookFeatures(neuron: TextbookNeuron, x: ArrayLike<number>): number[] {
  return neuron.inputs.map((z) => x[0]! * neuron.sigma(preActivation(neuron, x, z)));
}

/** Dφ(x)ᵀ r. */
export function textbookPullBack(neuron: TextbookNeuron, x: ArrayLike<number>, r: ArrayLike<number>): number[] {
  const gradient = new Array<number>(x.length).fill(0);
  neuron.inputs.forEach((z, j) => {
    const v = preActivation(neuron, x, z);
    gradient[0]! += r[j]! * neuron.sigma(v);
    const back = r[j]! * x[0]! * neuron.slope(v);
    for (let k = 0; k < z.length; k++) gradient[1 + k]! += back * z[k]!;
    if (neuron.bias) gradient[1 + z.length]! += back;
  });
  return gradient;
}

function preActivation(neuron: TextbookNeuron, x: ArrayLike<number>, z: readonly number[]): number {
  let v = neuron.bias ? x[1 + z.length]! : 0;
  for (let k = 0; k < z.length; k++) v += x[1 + k]! * z[k]!;
  return v;
}
