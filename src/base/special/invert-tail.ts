/**
 * Solves tail(x) = p for x > 0 by Newton's method on ln tail as a function of ln x, which is concave for the laws used
 * here (increasing generalized failure rate), so that the iterates are monotone after the first one.
 *
 * @param tail - a tail probability, monotone in x
 * @param density - its density, in absolute value
 * @param start - any point with tail(start) > 0
 */
export function invertTail(
  tail: (x: number) => number,
  density: (x: number) => number,
  p: number,
  start: number,
): number {
  const rising = tail(start * 1.01) > tail(start) ? 1 : -1;
  let x = start;
  for (let i = 0; i < 100; i++) {
    const value = tail(x);
    const step = value > 0 ? (-rising * Math.log(value / p) * value) / (x * density(x)) : rising;
    const next = x * Math.exp(Math.min(700, Math.max(-700, step)));
    if (Math.abs(step) < 1e-15) return next;
    x = next;
  }
  return x;
}
