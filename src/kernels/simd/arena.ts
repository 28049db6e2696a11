/** A stretch of the arena. It is the holder's until `alive` turns false. */
export interface Block {
  readonly start: number;
  readonly end: number;
  alive: boolean;
}

/**
 * Room in one growing memory for the working state of any number of kernels: a ring. New blocks go behind the last one; when
 * the ring is full they start over and evict the oldest. What is evicted can be computed again, so nobody needs to free
 * anything and forgotten kernels cost nothing.
 */
export class Arena {
  private readonly blocks: Block[] = [];
  private top: number;
  private size: number;

  /**
   * @param base - first byte that may be given out, a multiple of 64
   * @param ring - bytes up to which the ring grows before it starts over; a larger block makes it grow all the same
   * @param grow - makes bytes up to the given one usable, or returns false
   */
  constructor(
    private readonly base: number,
    private readonly ring: number,
    private readonly grow: (end: number) => boolean,
  ) {
    this.top = base;
    this.size = base;
  }

  /** A new block of `bytes`, or null if the memory cannot hold it. */
  allocate(bytes: number): Block | null {
    const length = Math.ceil(bytes / 64) * 64;
    if (this.top + length > Math.max(this.size, this.base + this.ring)) this.top = this.base;
    const end = this.top + length;
    if (end > this.size) {
      if (!this.grow(end)) return null;
      this.size = end;
    }
    const block: Block = { start: this.top, end, alive: true };
    this.evict(block);
    this.blocks.push(block);
    this.top = end;
    return block;
  }

  private evict(block: Block): void {
    let kept = 0;
    for (const other of this.blocks) {
      if (other.start < block.end && block.start < other.end) other.alive = false;
      if (other.alive) this.blocks[kept++] = other;
    }
    this.blocks.length = kept;
  }
}
