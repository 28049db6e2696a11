/** A run of consecutive replicates, done by one cell. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
}

/**
 * Cuts replicates 0 … total-1 into chunks of nearly equal size. The cut depends on nothing but `total`, so results that are
 * merged chunk by chunk have the same bits whatever the number of threads.
 */
export function chunksOf(total: number, most = 128): Chunk[] {
  const chunks = Math.min(total, most);
  return Array.from({ length: chunks }, (_, i) => {
    const first = Math.floor((i * total) / chunks);
    return { first, count: Math.floor(((i + 1) * total) / chunks) - first };
  });
}
