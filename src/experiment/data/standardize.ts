/** Shifts and scales `values` in place to mean 0 and variance 1 (divided by their number); false, untouched, if constant. */
export function standardize(values: Float64Array): boolean {
  if (values.every((value) => value === values[0])) return false;
  const count = values.length;
  // By a power of two first, which rounds nothing, so that squares of huge and tiny numbers stay within range.
  const largest = 2 ** Math.floor(Math.log2(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  let sum = 0;
  for (const value of values) sum += value / largest;
  const mean = sum / count;
  let squares = 0;
  for (const value of values) squares += (value / largest - mean) ** 2;
  const scale = Math.sqrt(squares / count);
  if (scale === 0) return false;
  for (let i = 0; i < count; i++) values[i] = (values[i]! / largest - mean) / scale;
  return true;
}
