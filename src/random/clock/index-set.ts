/** A set of indices below a bound, one bit each, that comes out sorted. */
export interface IndexSet {
  add(index: number): void;
  /** Writes the members in increasing order, empties the set and returns their number. O(bound/32 + members). */
  drainInto(out: Int32Array): number;
}

export function indexSet(bound: number): IndexSet {
  const words = new Int32Array(Math.ceil(bound / 32));
  return {
    add(index) {
      words[index >>> 5]! |= 1 << (index & 31);
    },
    drainInto(out) {
      let count = 0;
      for (let w = 0; w < words.length; w++) {
        let word = words[w]!;
        if (word === 0) continue;
        words[w] = 0;
        for (; word !== 0; word &= word - 1) out[count++] = 32 * w + 31 - Math.clz32(word & -word);
      }
      return count;
    },
  };
}
