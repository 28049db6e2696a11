/**
 * How a step uses its masks (docs/theory.md section 9). `dropout`: one mask, forward and backward. `random-geometry`: backward only.
 * `propagation-noise`: forward only. `independent-masks`: two independent masks. `none`: no mask, whatever the keep rate.
 */
export const VARIANTS = ['dropout', 'random-geometry', 'propagation-noise', 'independent-masks', 'none'] as const;

export type Variant = (typeof VARIANTS)[number];
