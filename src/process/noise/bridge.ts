/**
 * One Brownian motion over an interval of length h: its increment W and its space-time area H, independent, N(0, h) and N(0, h/12);
 * ∫(W_u − W_from) du = h(W/2 + H). These are all that is known about what happens inside.
 *
 * J. Foster, T. Lyons, H. Oberhauser, SIAM J. Numer. Anal. 58 (2020) 1393–1421; A. Jelinčič, J. Foster, P. Kidger 2024 (trees).
 */
export interface IncrementAndArea {
  increment: number;
  area: number;
}

/**
 * Halves an interval of length h: writes left and right half, given the whole and two independent standard normal numbers.
 *
 * With D = W₁ − W₂ and S = H₁ + H₂ the whole has H = D/4 + S/2; R = D − 6S and H₁ − H₂ are independent of it, with
 * variances 4h and h/12, which gives D = 3H + R/4 and S = H/2 − R/8.
 */
export function halve(
  h: number,
  whole: IncrementAndArea,
  z1: number,
  z2: number,
  left: IncrementAndArea,
  right: IncrementAndArea,
): void {
  const { increment, area } = whole;
  const root = Math.sqrt(h);
  const difference = 3 * area + 0.5 * root * z1;
  const sum = 0.5 * area - 0.25 * root * z1;
  const spread = ROOT_TWELFTH * root * z2;
  left.increment = 0.5 * (increment + difference);
  right.increment = 0.5 * (increment - difference);
  left.area = 0.5 * (sum + spread);
  right.area = 0.5 * (sum - spread);
}

const ROOT_TWELFTH = Math.sqrt(1 / 12);

/**
 * Cuts an interval of length h at the fraction θ in (0, 1), given the whole and four independent standard normal numbers: a free
 * sample of both parts is drawn, and moved by the regression on what the whole says it should have been (Matheron's rule).
 */
export function cut(
  h: number,
  theta: number,
  whole: IncrementAndArea,
  z: Float64Array,
  left: IncrementAndArea,
  right: IncrementAndArea,
): void {
  const phi = 1 - theta;
  const [first, second] = [Math.sqrt(theta * h), Math.sqrt(phi * h)];
  const w1 = first * z[0]!;
  const w2 = second * z[1]!;
  const h1 = ROOT_TWELFTH * first * z[2]!;
  const h2 = ROOT_TWELFTH * second * z[3]!;
  const increment = whole.increment - (w1 + w2);
  const area = whole.area - (0.5 * (phi * w1 - theta * w2) + theta * h1 + phi * h2);
  const tilt = 6 * theta * phi * area;
  left.increment = w1 + theta * increment + tilt;
  right.increment = w2 + phi * increment - tilt;
  left.area = h1 + theta * theta * area;
  right.area = h2 + phi * phi * area;
}
