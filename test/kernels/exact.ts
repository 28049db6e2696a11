/** Activations in fixed-point arithmetic of 3000 bits: slow, independent of the kernels, and right to hundreds of digits. */
const BITS = 3000n;
const ONE = 1n << BITS;

const times = (a: bigint, b: bigint) => (a * b) >> BITS;
const over = (a: bigint, b: bigint) => (a << BITS) / b;

/** A double of size below 2^900, exactly. */
export function fixed(x: number): bigint {
  let digits = x;
  let shift = BITS;
  while (!Number.isInteger(digits)) {
    digits *= 2;
    shift -= 1n;
  }
  return BigInt(digits) << shift;
}

/** e^x by halving the argument 20 times, the series, and squaring. */
function exp(x: bigint): bigint {
  const small = x >> 20n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = times(term, small) / k;
    sum += term;
  }
  for (let i = 0; i < 20; i++) sum = times(sum, sum);
  return sum;
}

/** log(1 + e) for 0 ≤ e ≤ 1, as 2 artanh(e/(2 + e)). */
function logOnePlus(e: bigint): bigint {
  const s = over(e, 2n * ONE + e);
  const square = times(s, s);
  let power = s;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = times(power, square);
  }
  return 2n * sum;
}

/** e^(-x²) Σ 2^k x^(2k+1)/(1 · 3 ⋯ (2k+1)), which is √π/2 erf x. */
function gaussIntegral(x: bigint): bigint {
  const square = times(x, x);
  let term = x;
  let sum = x;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = (times(term, square) * 2n) / (2n * k + 1n);
    sum += term;
  }
  return times(sum, exp(-square));
}

function root(x: bigint): bigint {
  let y = ONE;
  for (;;) {
    const next = (y + over(x, y)) >> 1n;
    if (next === y || next === y + 1n) return y;
    y = next;
  }
}

/** π by Machin's formula. */
function pi(): bigint {
  const arctan = (n: bigint) => {
    let power = ONE / n;
    let sum = 0n;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += (k & 2n) === 0n ? power / k : -power / k;
      power /= n * n;
    }
    return sum;
  };
  return 4n * (4n * arctan(5n) - arctan(239n));
}

const HALF_ROOT_PI = root(pi()) >> 1n;
const ROOT_HALF = root(ONE >> 1n);
const erf = (x: bigint) => over(gaussIntegral(x), HALF_ROOT_PI);

/** The values, and the slopes that kernels keep, by name. */
export const EXACT: Record<string, (x: bigint) => bigint> = {
  tanh: (x) => {
    const e = exp(2n * x);
    return over(e - ONE, e + ONE);
  },
  sigmoid: (x) => over(ONE, ONE + exp(-x)),
  softplus: (x) => (x > 0n ? x + logOnePlus(exp(-x)) : logOnePlus(exp(x))),
  'softplus slope': (x) => over(ONE, ONE + exp(-x)),
  erf,
  'erf slope': (x) => over(exp(-times(x, x)), HALF_ROOT_PI),
  gelu: (x) => times(x, ONE + erf(times(x, ROOT_HALF))) >> 1n,
};

/** |computed - exact| in units of the last place of `exact`, and relative to it. */
export function errorOf(computed: number, exact: bigint): { ulps: number; relative: number } {
  const size = exact < 0n ? -exact : exact;
  const difference = fixed(computed) - exact;
  const bits = BigInt(size.toString(2).length);
  const ratio = (value: bigint, by: bigint) => Number(((value < 0n ? -value : value) << 60n) / by) / 2 ** 60;
  return { ulps: ratio(difference, 1n << (bits - 53n)), relative: ratio(difference, size) };
}
