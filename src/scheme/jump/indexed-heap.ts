/** A binary heap of times, one for each of n items, with the earliest on top and O(log n) changes of any item's time. */
export class IndexedHeap {
  /** heap position → item */
  private readonly items: Int32Array;
  /** item → heap position */
  private readonly positions: Int32Array;

  constructor(readonly times: Float64Array) {
    const n = times.length;
    this.items = Int32Array.from({ length: n }, (_, k) => k);
    this.positions = this.items.slice();
    this.rebuild();
  }

  /** The item with the earliest time. */
  get top(): number {
    return this.items[0]!;
  }

  /** Restores the order after `times` was written to directly. O(n). */
  rebuild(): void {
    for (let k = (this.items.length >> 1) - 1; k >= 0; k--) this.sink(k);
  }

  /** Changes one item's time. */
  set(item: number, time: number): void {
    this.times[item] = time;
    this.rise(this.positions[item]!);
    this.sink(this.positions[item]!);
  }

  private rise(start: number): void {
    const { items, times } = this;
    let k = start;
    while (k > 0) {
      const parent = (k - 1) >> 1;
      if (times[items[parent]!]! <= times[items[k]!]!) return;
      this.swap(k, parent);
      k = parent;
    }
  }

  private sink(start: number): void {
    const { items, times } = this;
    const n = items.length;
    let k = start;
    for (;;) {
      let least = 2 * k + 1;
      if (least >= n) return;
      if (least + 1 < n && times[items[least + 1]!]! < times[items[least]!]!) least++;
      if (times[items[k]!]! <= times[items[least]!]!) return;
      this.swap(k, least);
      k = least;
    }
  }

  private swap(a: number, b: number): void {
    const first = this.items[a]!;
    const second = this.items[b]!;
    this.items[a] = second;
    this.items[b] = first;
    this.positions[first] = b;
    this.positions[second] = a;
  }
}
