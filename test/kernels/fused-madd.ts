/** a · b + c, rounded as a kernel rounds it. */
export type Madd = (a: number, b: number, c: number) => number;

/** Rounds twice. */
export const separateMadd: Madd = (a, b, c) => a * b + c;

/**
 * Rounds once, whatever the processor: S. Boldo, G. Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using
 * rounding to odd" (2008), figure 5. Exact as long as nothing overflows or leaves the normal numbers.
 */
export const fusedMadd: Madd = (a, b, c) => {
  const product = twoProduct(a, b);
  const low = twoSum(c, product[1]);
  const high = twoSum(product[0], low[0]);
  return high[0] + sumRoundedToOdd(low[1], high[1]);
};

/** x + y and what its rounding left out. */
function twoSum(x: number, y: number): [number, number] {
  const sum = x + y;
  const part = sum - x;
  return [sum, x - (sum - part) + (y - part)];
}

/** x · y and what its rounding left out, by T. J. Dekker's splitting. */
function twoProduct(x: number, y: number): [number, number] {
  const product = x * y;
  const [x1, x2] = halves(x);
  const [y1, y2] = halves(y);
  return [product, x2 * y2 - (product - x1 * y1 - x2 * y1 - x1 * y2)];
}

function halves(x: number): [number, number] {
  const shifted = 134217729 * x;
  const head = shifted - (shifted - x);
  return [head, x - head];
}

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/** x + y if that is a double, else that of its two neighbours whose last bit is 1. */
function sumRoundedToOdd(x: number, y: number): number {
  const [sum, rest] = twoSum(x, y);
  number[0] = sum;
  if (rest !== 0 && (bits[0]! & 1n) === 0n) bits[0]! += rest > 0 === sum > 0 ? 1n : -1n;
  return number[0]!;
}
