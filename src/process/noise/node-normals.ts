import { log } from '../../random/elementary.ts';
import type { Stream } from '../../random/stream.ts';
import { threefry } from './threefry.ts';

/** Two independent standard normal numbers for every node of a tree: functions of the stream's name and the node. */
export interface NodeNormals {
  /** Makes `first` and `second` those of a node. */
  draw(path: number, cell: number, level: number, index: number): void;
  first: number;
  second: number;
}

/** Levels and attempts share one word of the counter with the high bits of the index, which leaves this many levels. */
export const DEEPEST_LEVEL = 52;

/**
 * The polar method of G. Marsaglia and T. A. Bray (1964) over counter-based bits: a rejected point takes the next attempt of the
 * same node. The numbers are the same on every engine, as only +, −, ·, / and √ are used.
 */
export function nodeNormals(rng: Stream): NodeNormals {
  const source = rng.split('nodes');
  const key = Int32Array.from({ length: 4 }, () => source.nextInt32());
  const counter = new Int32Array(4);
  const bits = new Int32Array(4);
  const normals: NodeNormals = {
    first: 0,
    second: 0,
    draw(path, cell, level, index) {
      counter[0] = path;
      counter[1] = index | 0;
      counter[3] = cell;
      const high = Math.floor(index / 4294967296) | (level << 20);
      for (let attempt = 0; ; attempt++) {
        // 20 bits of the index, 6 of the level, 6 of the attempt: 64 rejections in a row have probability 1e-43.
        counter[2] = high | (attempt << 26);
        threefry(key, counter, bits);
        const u = symmetric(bits[0]!, bits[1]!);
        const v = symmetric(bits[2]!, bits[3]!);
        const s = u * u + v * v;
        if (s >= 1 || s === 0) continue;
        const scale = Math.sqrt((-2 * log(s)) / s);
        normals.first = u * scale;
        normals.second = v * scale;
        return;
      }
    },
  };
  return normals;
}

/** Uniform on (−1, 1), on 2⁵² points that are symmetric about 0. */
function symmetric(high: number, low: number): number {
  return ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) / 2251799813685248 - 1;
}
