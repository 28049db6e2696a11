export { type CaughtDeviation, constantClaimPower } from './constant-claim-power.ts';
export { type Caught, type RateClaimPower, rateClaimPower, type VerdictShares } from './rate-claim-power.ts';
