import type { build } from 'esbuild';

export interface Program {
  readonly name: string;
  /** What it imports; null for everything. */
  readonly imports: readonly string[] | null;
  /** Bytes. */
  readonly budget: number;
}

export const PROGRAMS: readonly Program[];

export function sizeOf(
  esbuild: typeof build,
  program: Program,
  from: string,
  resolveDir: string,
): Promise<{ minified: number; compressed: number }>;
