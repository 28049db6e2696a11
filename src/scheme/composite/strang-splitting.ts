import type { Scheme } from '../scheme.ts';
import { type SplittingOptions, splitting, splittingInfo } from './splitting.ts';

/**
 * Strang splitting: half a step of drift and diffusion, a step of jumps, the other half. Weak order 2, if the parts have it; time-dependent
 * coefficients are seen at their own times.
 */
export function strangSplitting(options: SplittingOptions): Scheme {
  const info = splittingInfo(options, {
    name: 'strang-splitting',
    order: 2,
    cost: 'that of its parts, the continuous one twice',
    whenToChoose: 'First choice for large interacting clouds with a flow or diffusion and jumps.',
    source: 'G. Strang, SIAM J. Numer. Anal. 5 (1968) 506–517',
  });
  return splitting(info, options, (from, to, flow, jump) => {
    const middle = (from + to) / 2;
    flow(from, middle);
    jump();
    flow(middle, to);
  });
}
