/** Neurons that the kernels of perceptrons sum before they join a total. */
const SUMMED_TOGETHER = 32;

/**
 * Σ_a φ_j(x_a) over rows first ≤ a < last of features `[count, m]`, added in the order of the perceptrons' kernels, so that the sum
 * has the bits of the kernel's own: four neurons at a time, lanes 0 and 2 apart from lanes 1 and 3.
 */
export function segmentSumsInto(features: Float64Array, first: number, last: number, out: Float64Array): void {
  const m = out.length;
  if (last - first <= 4) tileSumsInto(features, Math.imul(first, m), last - first, out);
  else {
    out.fill(0);
    for (let begin = first; begin < last; begin += SUMMED_TOGETHER)
      addBlock(features, begin, Math.min(last, begin + SUMMED_TOGETHER), out);
  }
}

/** The sum of up to four rows, by far the most frequent case: without branches in the loop. */
function tileSumsInto(features: Float64Array, row: number, count: number, out: Float64Array): void {
  const m = out.length;
  if (count === 0) out.fill(0);
  else if (count === 1) for (let j = 0; j < m; j++) out[j] = features[(row + j) | 0]!;
  else if (count === 2) for (let j = 0; j < m; j++) out[j] = features[(row + j) | 0]! + features[(row + m + j) | 0]!;
  else {
    const [second, third] = [(row + m) | 0, (row + 2 * m) | 0];
    if (count === 3)
      for (let j = 0; j < m; j++)
        out[j] = features[(row + j) | 0]! + features[(third + j) | 0]! + features[(second + j) | 0]!;
    else
      for (let j = 0, fourth = (third + m) | 0; j < m; j++)
        out[j] =
          features[(row + j) | 0]! +
          features[(third + j) | 0]! +
          (features[(second + j) | 0]! + features[(fourth + j) | 0]!);
  }
}

function addBlock(features: Float64Array, begin: number, end: number, out: Float64Array): void {
  const m = out.length;
  for (let j = 0; j < m; j++) {
    let even = 0;
    let odd = 0;
    let row = Math.imul(begin, m) + j;
    for (let a = begin; a < end; a += 4, row += 4 * m) {
      const left = end - a;
      even += left > 2 ? features[row]! + features[row + 2 * m]! : features[row]!;
      if (left > 1) odd += left > 3 ? features[row + m]! + features[row + 3 * m]! : features[row + m]!;
    }
    out[j]! += even + odd;
  }
}
