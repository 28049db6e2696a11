import type { JumpContext } from '../../process/jump.ts';
import type { CloudProcess } from '../../process/over-cloud.ts';
import type { ChangingStatistic } from './changing-statistic.ts';

/**
 * The rings of one leap, as (particle, jump) pairs in the order of time within each particle; applied in rounds, so that a map's
 * fast path gets each particle at most once. The lists grow when a leap is busier than all before, and are reused.
 */
export class RingList {
  length = 0;
  private particles = new Int32Array(64);
  private kinds = new Int32Array(64);
  private keys = new Int32Array(64);
  private sorted = new Int32Array(64);
  private readonly seen: Int32Array;
  private starts = new Int32Array(16);

  constructor(private readonly process: CloudProcess) {
    this.seen = new Int32Array(process.count);
  }

  clear(): void {
    this.length = 0;
  }

  add(particle: number, jump: number): void {
    if (this.length === this.particles.length) this.grow();
    this.particles[this.length] = particle;
    this.kinds[this.length++] = jump;
  }

  /** Applies all rings: the first of each particle, then the second, and so on, followed by a statistic if there is one. O(rings). */
  apply(cloud: Float64Array, s: Float64Array, t: number, context: JumpContext, statistic?: ChangingStatistic): void {
    const { jumps } = this.process;
    const { particles, kinds, keys, seen, sorted } = this;
    let buckets = 0;
    for (let e = 0; e < this.length; e++) {
      keys[e] = seen[particles[e]!]!++ * jumps.length + kinds[e]!;
      buckets = Math.max(buckets, keys[e]! + 1);
    }
    for (let e = 0; e < this.length; e++) seen[particles[e]!] = 0;
    if (this.starts.length < buckets + 1) this.starts = new Int32Array(2 * buckets + 1);
    const { starts } = this;
    starts.fill(0, 0, buckets + 1);
    for (let e = 0; e < this.length; e++) starts[keys[e]! + 1]!++;
    for (let b = 0; b < buckets; b++) starts[b + 1]! += starts[b]!;
    for (let e = 0; e < this.length; e++) sorted[starts[keys[e]!]!++] = particles[e]!;
    // After the fill, starts[b] is the end of bucket b.
    for (let b = 0, start = 0; b < buckets; b++) {
      const end = starts[b]!;
      if (end > start) {
        const jump = jumps[b % jumps.length]!;
        const indices = sorted.subarray(start, end);
        if (statistic === undefined) jump.applyMany(cloud, indices, end - start, s, t, context);
        else statistic.jump(jump, cloud, indices, end - start, s, t, context);
      }
      start = end;
    }
  }

  private grow(): void {
    const size = 2 * this.particles.length;
    const grown = (old: Int32Array) => {
      const next = new Int32Array(size);
      next.set(old);
      return next;
    };
    this.particles = grown(this.particles);
    this.kinds = grown(this.kinds);
    this.keys = new Int32Array(size);
    this.sorted = new Int32Array(size);
  }
}
