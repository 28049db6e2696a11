/*
 * exp, log and their shifted forms from +, -, ·, / alone, which IEEE 754 fixes to the last bit: Math.exp and Math.log may
 * differ between engines, and then so would every stream of random numbers. Errors stay below 4 units in the last place (log
 * and exp: below 3).
 *
 * LN2_HIGH has 32 significant bits, so that k·LN2_HIGH is exact for every exponent k.
 */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_HALF = Math.SQRT1_2;

const scratch = new Float64Array(1);
const words = new Int32Array(scratch.buffer);
/** Index of the word that holds sign, exponent and the head of the fraction: 1 on little-endian machines. */
const HEAD = new Uint8Array(Int32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Natural logarithm of a normal positive number. */
export function log(x: number): number {
  scratch[0] = x;
  const head = words[HEAD]!;
  let exponent = (head >>> 20) - 1022;
  words[HEAD] = (head & 0x000fffff) | 0x3fe00000;
  let m = scratch[0];
  if (m < SQRT_HALF) {
    m *= 2;
    exponent--;
  }
  // x = 2^exponent·m with m in [√½, √2): log m = 2 artanh(s) = 2s + 2s³/3 + 2s⁵/5 + …, |s| < 0.172.
  const f = m - 1;
  const s = f / (m + 1);
  return exponent * LN2_HIGH + (exponent * LN2_LOW + (f - s * (f - artanhExcess(s * s))));
}

/**
 * 2(artanh(s) - s)/s as a polynomial in z = s²: 2z/3 + 2z²/5 + …, to 2⁻⁵⁸ for z < 0.0295. Odd and even powers apart, so
 * that the processor can work on both at once.
 */
function artanhExcess(z: number): number {
  const w = z * z;
  const odd = z * (2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19)))));
  const even = w * (2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21)))));
  return odd + even;
}

/** log(1 + x) for x > -1, to full relative precision near 0. */
export function log1p(x: number): number {
  const sum = 1 + x;
  // The rounding error of 1 + x, carried to first order (N. Higham, Accuracy and Stability, section 1.14).
  return sum === 1 ? x : log(sum) + (x - (sum - 1)) / sum;
}

/** e^x for -708 ≤ x ≤ 709. */
export function exp(x: number): number {
  const k = Math.round(x * Math.LOG2E);
  return powerOfTwo(k) * (1 + expm1Series(x - k * LN2_HIGH - k * LN2_LOW));
}

/** e^x - 1 for -708 ≤ x ≤ 709, to full relative precision near 0. */
export function expm1(x: number): number {
  return Math.abs(x) < 0.35 ? expm1Series(x) : exp(x) - 1;
}

/** 1/14!, 1/13!, …, 1/2!; factorials up to 18! are exact. */
const RECIPROCAL_FACTORIALS = Float64Array.from({ length: 13 }, (_, j) => {
  let factorial = 1;
  for (let i = 2; i <= 14 - j; i++) factorial *= i;
  return 1 / factorial;
});

/** e^r - 1 for |r| < 0.35 by its Taylor series; the first term left out is below 2⁻⁵⁷. */
function expm1Series(r: number): number {
  let sum = RECIPROCAL_FACTORIALS[0]!;
  for (let j = 1; j < RECIPROCAL_FACTORIALS.length; j++) sum = sum * r + RECIPROCAL_FACTORIALS[j]!;
  return r + r * r * sum;
}

function powerOfTwo(k: number): number {
  words[HEAD] = (k + 1023) << 20;
  words[1 - HEAD] = 0;
  return scratch[0]!;
}
