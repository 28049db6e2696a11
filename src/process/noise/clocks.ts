import { poisson } from '../../random/poisson.ts';
import type { Stream } from '../../random/stream.ts';
import type { PoissonClocks } from './poisson.ts';

/**
 * Poisson clocks that are functions of the stream's name: the rings in (b, b + 1] of the clock (particle, jump) are Poisson(1) many
 * uniform points drawn from `rng.split(particle, jump, b)`. Any interval can be asked about in any order. The last block asked
 * about is kept for each clock; a query costs O(1 + length of the interval), about a microsecond a new block.
 */
export function poissonClocks(rng: Stream): PoissonClocks {
  const kept = new Map<number, Map<number, { block: number; rings: Float64Array }>>();

  const ringsOf = (particle: number, jump: number, block: number): Float64Array => {
    let ofJump = kept.get(jump);
    if (!ofJump) kept.set(jump, (ofJump = new Map()));
    const last = ofJump.get(particle);
    if (last?.block === block) return last.rings;
    const stream = rng.split(particle, jump, block);
    const rings = new Float64Array(poisson(stream, 1));
    // Rings lie in (b, b + 1], so that intervals (from, to] meet no ring twice.
    for (let k = 0; k < rings.length; k++) rings[k] = block + 1 - stream.uniform();
    rings.sort();
    ofJump.set(particle, { block, rings });
    return rings;
  };

  return {
    nextAfter(particle, jump, u) {
      for (let block = Math.floor(u); ; block++) {
        const rings = ringsOf(particle, jump, block);
        for (let k = 0; k < rings.length; k++) if (rings[k]! > u) return rings[k]!;
      }
    },
    countBetween(particle, jump, from, to) {
      let count = 0;
      for (let block = Math.floor(from); block < to; block++) {
        const rings = ringsOf(particle, jump, block);
        for (let k = 0; k < rings.length; k++) if (rings[k]! > from && rings[k]! <= to) count++;
      }
      return count;
    },
    marksAt(particle, jump, u) {
      return rng.split('marks', particle, jump, Math.round(u * 2 ** 30));
    },
    save() {},
    load() {},
  };
}
