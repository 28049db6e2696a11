import { exponential } from '../../random/exponential.ts';
import type { Stream } from '../../random/stream.ts';
import type { PoissonClocks } from './poisson.ts';

/** One clock on its way: the two rings around the last time asked about, and the stream of the gaps after them. */
interface Hand {
  gaps: Stream;
  /** the last ring passed; 0 before the first */
  last: number;
  next: number;
}

/**
 * Poisson clocks that are functions of the stream's name: the gaps between the rings of (particle, jump) are the exponential
 * numbers of `rng.split(particle, jump)`. Going forward costs one exponential a ring; asking about a time before the last ring
 * passed starts that clock again from 0. Memory: one stream a clock that was asked about.
 */
export function poissonClocks(rng: Stream): PoissonClocks {
  const hands: (Hand | undefined)[][] = [];

  const start = (particle: number, jump: number): Hand => {
    const gaps = rng.split(particle, jump);
    return { gaps, last: 0, next: exponential(gaps) };
  };

  /** The hand just before the first ring after u. */
  const handAt = (particle: number, jump: number, u: number): Hand => {
    const ofJump = (hands[jump] ??= []);
    let hand = ofJump[particle];
    if (hand === undefined || u < hand.last) ofJump[particle] = hand = start(particle, jump);
    while (hand.next <= u) advance(hand);
    return hand;
  };

  return {
    nextAfter: (particle, jump, u) => handAt(particle, jump, u).next,
    countBetween(particle, jump, from, to) {
      const hand = handAt(particle, jump, from);
      let count = 0;
      for (; hand.next <= to; advance(hand)) count++;
      return count;
    },
    marksAt: (particle, jump, u) => rng.split('marks', particle, jump, Math.round(u * 2 ** 30)),
    // The name is all there is to know.
    save() {},
    load() {},
  };
}

function advance(hand: Hand): void {
  hand.last = hand.next;
  hand.next += exponential(hand.gaps);
}
