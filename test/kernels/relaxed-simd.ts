import { setFlagsFromString } from 'node:v8';

/** Gives this process what Node 20 has behind a flag only. To be called before the first kernel of `simd-fma` is made. */
export function allowRelaxedSimd(): void {
  if (Number.parseInt(process.versions.node, 10) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
