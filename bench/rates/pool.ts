import { Piscina } from 'piscina';
import type { Cache } from './cache.ts';
import { type Part, runPart } from './parts.ts';

/** Runs parts, in any order, and resolves to their numbers in the order of the parts. */
export interface Pool {
  run(parts: readonly Part[]): Promise<Float64Array[]>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** 0: on the calling thread. */
  readonly threads: number;
  readonly cache: Cache;
  /** Called after every part. */
  readonly finished?: (part: Part) => void;
}

/** A pool of worker threads under the TypeScript loader; what the cache has is not run. */
export function createPool({ threads, cache, finished }: PoolOptions): Pool {
  const piscina =
    threads === 0
      ? undefined
      : new Piscina({
          filename: new URL('./worker.ts', import.meta.url).href,
          execArgv: ['--import', import.meta.resolve('tsx')],
          minThreads: threads,
          maxThreads: threads,
        });
  const compute = (part: Part): Promise<Float64Array> => piscina?.run(part) ?? runPart(part);
  return {
    async run(parts) {
      const out = new Array<Float64Array>(parts.length);
      let next = 0;
      const work = async () => {
        while (next < parts.length) {
          const index = next++;
          const part = parts[index]!;
          let numbers = cache.get(part);
          if (numbers === undefined) {
            numbers = await compute(part);
            await cache.put(part, numbers);
          }
          out[index] = numbers;
          finished?.(part);
        }
      };
      await Promise.all(Array.from({ length: Math.max(1, threads) }, work));
      return out;
    },
    async close() {
      await piscina?.destroy();
    },
  };
}
