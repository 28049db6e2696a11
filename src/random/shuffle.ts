import type { Stream } from './stream.ts';
import { uniformInt } from './uniform-int.ts';

/** Any array whose entries can be swapped. */
export interface Swappable<T> {
  readonly length: number;
  [index: number]: T;
}

/** Puts the entries in a uniformly random order, in place (R. A. Fisher, F. Yates 1938; R. Durstenfeld 1964). */
export function shuffle<T>(rng: Stream, items: Swappable<T>): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = uniformInt(rng, i + 1);
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
}
