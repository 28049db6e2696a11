export type { Verify, VerifyOptions } from './options.ts';
export { verify } from './verify.ts';
