import type { Verify } from './options.ts';

export type { Verify, VerifyOptions } from './options.ts';

/** Checks the predictions of the theory on an experiment: claims, each with an interval and a verdict. */
export const verify: Verify = async () => {
  throw new Error('verify has no claims to check yet');
};
