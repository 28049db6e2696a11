export * from './distribution/index.ts';
export * from './limit/index.ts';
export * from './oracle/index.ts';
export * from './phase/index.ts';
export * from './train/index.ts';
export { VARIANTS, type Variant } from './variant.ts';
