import type { Scheme } from '../scheme.ts';
import { type SplittingOptions, splitting, splittingInfo } from './splitting.ts';

/**
 * Lie splitting: over a step, first drift and diffusion alone, then the jumps alone. Weak order 1, if the parts have it.
 */
export function lieSplitting(options: SplittingOptions): Scheme {
  const info = splittingInfo(options, {
    name: 'lie-splitting',
    order: 1,
    cost: 'that of its parts',
    whenToChoose:
      'Clouds with a flow or diffusion and many jumps per step, when order 1 is enough; else strangSplitting.',
    source: 'H. F. Trotter, Proc. Amer. Math. Soc. 10 (1959) 545–551',
  });
  return splitting(info, options, (from, to, flow, jump) => {
    flow(from, to);
    jump();
  });
}
