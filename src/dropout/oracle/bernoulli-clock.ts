/** Cumulants of orders 1..order of a Bernoulli(q) variable, by κ_{j+1} = q(1−q) dκ_j/dq on their polynomials in q. */
export function bernoulliCumulants(q: number, order: number): Float64Array {
  const out = new Float64Array(order);
  // polynomial[i] is the coefficient of q^i; κ₁ = q.
  let polynomial = [0, 1];
  for (let j = 0; j < order; j++) {
    // For q > 1/2 the powers of q do not get small: use the mirror 1 − B, whose cumulants are (−1)^j times these.
    const mirrored = q > 0.5 && j > 0;
    const value = horner(polynomial, mirrored ? 1 - q : q);
    out[j] = mirrored && j % 2 === 0 ? -value : value;
    polynomial = differentiated(polynomial);
  }
  return out;
}

/** log(1 + q(e^z − 1)) at z = re + i im: the cumulant generating function of a Bernoulli(q) variable, principal branch. */
export function bernoulliExponent(q: number, re: number, im: number): { readonly re: number; readonly im: number } {
  // e^z − 1 without cancellation; for large re the factor e^re is taken out, so that nothing overflows.
  const lift = re > 1 ? re : 0;
  const scale = Math.exp(-lift);
  const half = Math.sin(im / 2);
  const grown = lift > 0 ? 1 : Math.exp(re);
  const real = lift > 0 ? scale * (1 - q) - 1 + q * Math.cos(im) : q * (Math.expm1(re) - 2 * grown * half * half);
  const imaginary = q * grown * Math.sin(im);
  // log|1 + w| = log1p(2 Re w + |w|²)/2.
  return {
    re: lift + Math.log1p(2 * real + real * real + imaginary * imaginary) / 2,
    im: Math.atan2(imaginary, 1 + real),
  };
}

function differentiated(polynomial: readonly number[]): number[] {
  const out = new Array<number>(polynomial.length + 1).fill(0);
  for (let i = 1; i < polynomial.length; i++) {
    out[i]! += i * polynomial[i]!;
    out[i + 1]! -= i * polynomial[i]!;
  }
  return out;
}

function horner(polynomial: readonly number[], x: number): number {
  return polynomial.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
