import { horner } from './horner.ts';

// Rational minimax coefficients of fdlibm's s_erf.c (Sun Microsystems, 1993), each pair P/Q for one interval of |x|.
const CENTRE_P = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5,
];
const CENTRE_Q = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6,
];
const ONE_P = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const ONE_Q = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
const NEAR_P = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const NEAR_Q = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
const FAR_P = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const FAR_Q = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];
/** erf(1) to 24 bits: the constant part on [0.84375, 1.25]. */
const AT_ONE = 0.8450629115104675;

/** The error function (2/√π)∫₀ˣ e^(−s²) ds. Relative error about 1e-16. NaN gives NaN. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 0.84375) return x + x * centre(x * x);
  const value = a < 1.25 ? AT_ONE + nearOne(a) : a < 6 ? 1 - tail(a) : Number.isNaN(x) ? x : 1;
  return x < 0 ? -value : value;
}

/** The complementary error function 1 − erf(x), to full relative accuracy in the right tail (0 beyond x = 27.3). */
export function erfc(x: number): number {
  const a = Math.abs(x);
  if (a < 0.84375) return x < 0.25 ? 1 - (x + x * centre(x * x)) : 0.5 - (x - 0.5 + x * centre(x * x));
  if (a < 1.25) return x < 0 ? 1 + (AT_ONE + nearOne(a)) : 1 - AT_ONE - nearOne(a);
  if (a < 28) return x < 0 ? 2 - tail(a) : tail(a);
  return Number.isNaN(x) ? x : x < 0 ? 2 : 0;
}

function centre(square: number): number {
  return horner(square, CENTRE_P) / horner(square, CENTRE_Q);
}

function nearOne(a: number): number {
  return horner(a - 1, ONE_P) / horner(a - 1, ONE_Q);
}

/** erfc(a) for 1.25 ≤ a < 28; a² is split so that the exponential keeps its relative accuracy. */
function tail(a: number): number {
  const s = 1 / (a * a);
  const ratio = a < 1 / 0.35 ? horner(s, NEAR_P) / horner(s, NEAR_Q) : horner(s, FAR_P) / horner(s, FAR_Q);
  const head = Math.fround(a);
  return (Math.exp(-head * head - 0.5625) * Math.exp((head - a) * (head + a) + ratio)) / a;
}
