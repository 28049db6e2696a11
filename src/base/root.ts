/**
 * The upper end of a bracket, no longer than `tolerance`, of a sign change of f in [a, b]: f(a) and f(result) have different
 * signs. Illinois variant of regula falsi (M. Dowell, P. Jarratt 1971), with a bisection whenever it doesn't halve the bracket.
 */
export function bracketedRoot(
  f: (x: number) => number,
  a: number,
  fa: number,
  b: number,
  fb: number,
  tolerance: number,
): number {
  let side = 0;
  let bisect = false;
  while (b - a > tolerance) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) return b;
    let x = bisect ? middle : b - (fb * (b - a)) / (fb - fa);
    // Stay a little inside: a point at the end would shrink nothing.
    const margin = Math.min(tolerance / 2, (b - a) / 4);
    if (!(x > a + margin)) x = a + margin;
    else if (x > b - margin) x = b - margin;
    const width = b - a;
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) {
      a = x;
      fa = fx;
      if (side === -1) fb /= 2;
      side = -1;
    } else {
      b = x;
      fb = fx;
      if (side === 1) fa /= 2;
      side = 1;
    }
    bisect = b - a > width / 2;
  }
  return b;
}
