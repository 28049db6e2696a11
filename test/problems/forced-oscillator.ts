import type { MeanFieldProcess } from '../../src/process/index.ts';

/** x'' = −x + cos 2t, in explicit time: x = cos t + (cos t − cos 2t)/3 from (1, 0). */
export function forcedOscillator(): {
  readonly process: MeanFieldProcess;
  readonly initial: number[][];
  readonly until: number;
  readonly exact: (t: number) => readonly [number, number];
} {
  return {
    process: {
      dimension: 2,
      drift: {
        particle: (x, _s, t, out) => {
          out[0] = x[1]!;
          out[1] = -x[0]! + Math.cos(2 * t);
        },
      },
    },
    initial: [[1, 0]],
    until: 2,
    exact: (t) => [
      Math.cos(t) + (Math.cos(t) - Math.cos(2 * t)) / 3,
      -Math.sin(t) + (-Math.sin(t) + 2 * Math.sin(2 * t)) / 3,
    ],
  };
}
