/**
 * Non-negative weights with their sum, updated and sampled in O(log n): a complete binary tree whose inner nodes hold the sum of
 * their two children, recomputed and never incremented, so that rounding does not build up.
 * C. K. Wong, M. C. Easton, SIAM J. Comput. 9 (1980) 111–113.
 */
export class SumTree {
  /** node 1 is the root, node k has the children 2k and 2k + 1, the leaves start at `first` */
  private readonly nodes: Float64Array;
  private readonly first: number;

  constructor(readonly length: number) {
    let first = 1;
    while (first < length) first *= 2;
    this.first = first;
    this.nodes = new Float64Array(2 * first);
  }

  get total(): number {
    return this.nodes[1]!;
  }

  weight(leaf: number): number {
    return this.nodes[this.first + leaf]!;
  }

  /** Sets one weight. O(log n). */
  set(leaf: number, weight: number): void {
    const { nodes } = this;
    let node = this.first + leaf;
    nodes[node] = weight;
    for (node >>= 1; node >= 1; node >>= 1) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
  }

  /** Sets one weight and leaves the sums wrong until `sumUp`: for many at once. */
  setLater(leaf: number, weight: number): void {
    this.nodes[this.first + leaf] = weight;
  }

  /** Recomputes all sums. O(n). */
  sumUp(): void {
    const { nodes } = this;
    for (let node = this.first - 1; node >= 1; node--) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
  }

  /** The leaf at `target` in [0, total): leaf k with probability weight(k)/total for a uniform target. Never one of weight 0. */
  find(target: number): number {
    const { nodes } = this;
    let node = 1;
    let rest = target;
    while (node < this.first) {
      const left = nodes[2 * node]!;
      // Rounding may leave rest ≥ the sum of a branch: an empty branch must still not be entered.
      if (rest < left || !(nodes[2 * node + 1]! > 0)) node = 2 * node;
      else {
        rest -= left;
        node = 2 * node + 1;
      }
    }
    return node - this.first;
  }

  /** Copies the weights out. */
  weightsInto(out: Float64Array): void {
    out.set(this.nodes.subarray(this.first, this.first + this.length));
  }

  /** Sets all weights. */
  setWeights(weights: Float64Array): void {
    this.nodes.set(weights, this.first);
    this.sumUp();
  }
}
