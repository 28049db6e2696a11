const NONE = -1;

/**
 * The basis of the transport simplex: a spanning tree of rows 0 … n−1, columns n … n+m−1 and a root n+m, with the flow on
 * the arc from each node to its parent and the node potentials. Arcs run from rows to columns, from rows to the root and
 * from the root to columns, so the kind of a node tells the direction of its arc: up from a row, down to a column.
 *
 * The tree stays strongly feasible (every arc without flow points to the root), which rules cycling out: W. Cunningham,
 * A network simplex method, Mathematical Programming 11 (1976) 105–116. Flows are integers, so ties are exact.
 */
export class SpanningTree {
  readonly root: number;
  readonly parent: Int32Array;
  /** Flow on the arc to the parent, in whole units. */
  readonly flow: Float64Array;
  /** y: the reduced cost of the arc (i, j) is c + y_i − y_j, and 0 on the tree. */
  readonly potential: Float64Array;
  private readonly depth: Int32Array;
  private readonly firstChild: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly stack: Int32Array;

  /**
   * Every row sends its supply to the root at cost u_i + bigCost, and the root sends every column its demand at cost
   * v_j + bigCost. All supplies and demands are positive, which makes this tree strongly feasible.
   */
  constructor(
    private readonly rows: number,
    supplies: Float64Array,
    demands: Float64Array,
    u: Float64Array,
    v: Float64Array,
    bigCost: number,
  ) {
    this.root = rows + demands.length;
    const size = this.root + 1;
    this.parent = new Int32Array(size).fill(this.root);
    this.parent[this.root] = NONE;
    this.flow = new Float64Array(size);
    this.flow.set(supplies);
    this.flow.set(demands, rows);
    this.potential = new Float64Array(size);
    for (let i = 0; i < rows; i++) this.potential[i] = -bigCost - u[i]!;
    for (let j = 0; j < v.length; j++) this.potential[rows + j] = bigCost + v[j]!;
    this.depth = new Int32Array(size).fill(1);
    this.depth[this.root] = 0;
    this.firstChild = new Int32Array(size).fill(NONE);
    this.next = new Int32Array(size).fill(NONE);
    this.previous = new Int32Array(size).fill(NONE);
    this.stack = new Int32Array(size);
    for (let node = 0; node < this.root; node++) this.link(node, this.root);
  }

  /** Brings the arc row → column, of negative reduced cost, into the tree; the arc that blocks it leaves. */
  pivot(row: number, column: number, reducedCost: number): void {
    const { parent, flow, rows } = this;
    const join = this.commonAncestor(row, column);
    let amount = Number.POSITIVE_INFINITY;
    let out = NONE;
    let outOnRowSide = true;
    // The last blocking arc along the cycle leaves, starting from the join: this keeps the tree strongly feasible.
    for (let u = row; u !== join; u = parent[u]!)
      if (u < rows && flow[u]! < amount) {
        amount = flow[u]!;
        out = u;
      }
    for (let u = column; u !== join; u = parent[u]!)
      if (u >= rows && flow[u]! <= amount) {
        amount = flow[u]!;
        out = u;
        outOnRowSide = false;
      }
    if (amount > 0) {
      for (let u = row; u !== join; u = parent[u]!) flow[u]! += u < rows ? -amount : amount;
      for (let u = column; u !== join; u = parent[u]!) flow[u]! += u < rows ? amount : -amount;
    }
    if (outOnRowSide) this.rehang(row, column, out, amount, -reducedCost);
    else this.rehang(column, row, out, amount, reducedCost);
  }

  private commonAncestor(u: number, v: number): number {
    const { parent, depth } = this;
    while (depth[u]! > depth[v]!) u = parent[u]!;
    while (depth[v]! > depth[u]!) v = parent[v]!;
    while (u !== v) {
      u = parent[u]!;
      v = parent[v]!;
    }
    return u;
  }

  /** Cuts the subtree at `out`, makes `top` its top, and hangs it on `onto` by an arc with flow `amount`. */
  private rehang(top: number, onto: number, out: number, amount: number, shift: number): void {
    const { parent, flow } = this;
    let newParent = onto;
    let newFlow = amount;
    for (let u = top; ; ) {
      const oldParent = parent[u]!;
      const oldFlow = flow[u]!;
      this.unlink(u);
      this.link(u, newParent);
      flow[u] = newFlow;
      if (u === out) break;
      newParent = u;
      newFlow = oldFlow;
      u = oldParent;
    }
    this.shiftSubtree(top, shift);
  }

  private shiftSubtree(top: number, shift: number): void {
    const { stack, potential, depth, parent, firstChild, next } = this;
    let size = 0;
    stack[size++] = top;
    while (size > 0) {
      const u = stack[--size]!;
      potential[u]! += shift;
      depth[u] = depth[parent[u]!]! + 1;
      for (let child = firstChild[u]!; child !== NONE; child = next[child]!) stack[size++] = child;
    }
  }

  private link(u: number, to: number): void {
    const head = this.firstChild[to]!;
    this.parent[u] = to;
    this.next[u] = head;
    this.previous[u] = NONE;
    if (head !== NONE) this.previous[head] = u;
    this.firstChild[to] = u;
  }

  private unlink(u: number): void {
    const before = this.previous[u]!;
    const after = this.next[u]!;
    if (before === NONE) this.firstChild[this.parent[u]!] = after;
    else this.next[before] = after;
    if (after !== NONE) this.previous[after] = before;
  }
}
