import type { TaskDescription } from '../task.ts';

/** The same description with its arrays in shared memory, so that sending it to a thread copies no data. */
export function shareDescription(description: TaskDescription): TaskDescription {
  const { inputs, targets, weights } = description;
  return {
    ...description,
    inputs: { ...inputs, data: shared(inputs.data) },
    targets: shared(targets),
    ...(weights === undefined ? {} : { weights: shared(weights) }),
  };
}

function shared(values: Float64Array): Float64Array {
  const out = new Float64Array(new SharedArrayBuffer(values.byteLength));
  out.set(values);
  return out;
}
