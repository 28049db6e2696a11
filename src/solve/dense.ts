import { asMatrix, type Matrix } from '../base/arrays.ts';
import { checkNumber } from '../base/check.ts';
import type { Interpolant } from '../scheme/scheme.ts';

/** Looks a time up in the interpolants of successive steps, by bisection. */
export function lookup(steps: readonly Interpolant[], count: number, dimension: number): (time: number) => Matrix {
  return (time) => {
    checkNumber('time', time, { min: steps[0]?.from ?? 0, max: steps.at(-1)?.to ?? 0 });
    let low = 0;
    let high = steps.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle]!.to < time) low = middle + 1;
      else high = middle;
    }
    const out = new Float64Array(count * dimension);
    steps[low]!.at(time, out);
    return asMatrix(out, count, dimension);
  };
}
