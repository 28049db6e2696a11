import { copyRow } from './evaluate.ts';
import { StepFailure } from './failure.ts';
import type { DeferredJumps, Jump, JumpContext, JumpRate } from './jump.ts';

/** One jump of a process over a cloud of fixed size; the forms the user did not give are made from those given. */
export interface CloudJump {
  readonly index: number;
  readonly label: string;
  readonly rate: JumpRate;
  readonly affects: readonly number[];
  /** the vector of a `displacement`, else undefined */
  readonly displacement: Float64Array | undefined;
  /** whether the map reads `context.cloud` */
  readonly partners: boolean;
  /** whether the rate reads the statistic */
  readonly readsStatistic: boolean;
  /** whether the map may read the statistic */
  readonly movesByStatistic: boolean;
  /** λ of particle i, checked: ends the run as `failed` if it is negative, NaN or infinite. */
  rateOf(cloud: Float64Array, i: number, s: Float64Array, t: number): number;
  /** λ of every particle into `out`, checked. */
  ratesInto(cloud: Float64Array, s: Float64Array, t: number, out: Float64Array): void;
  /** x⁺ over particle i; the new state is checked. */
  apply(cloud: Float64Array, i: number, s: Float64Array, t: number, context: JumpContext): void;
  /** x⁺ over the particles `indices[0 … count-1]` (distinct); the new states are checked. */
  applyMany(
    cloud: Float64Array,
    indices: Int32Array,
    count: number,
    s: Float64Array,
    t: number,
    context: JumpContext,
  ): void;
  /** As `applyMany`, and adds Σ (φ(x⁺) − φ(x)) to `sums`; where the map gives it. */
  readonly applyFollowed:
    | ((
        cloud: Float64Array,
        indices: Int32Array,
        count: number,
        s: Float64Array,
        t: number,
        context: JumpContext,
        sums: Float64Array,
      ) => void)
    | undefined;
  /** Jumps drawn one by one and made later, where the map gives them; `flush` checks the new states. */
  readonly deferred: CheckedDeferral | undefined;
}

/** As the map's own, with the time of each jump. */
export interface CheckedDeferral {
  clear(): void;
  add(cloud: Float64Array, i: number, t: number, context: JumpContext): void;
  flush(cloud: Float64Array): void;
}

export function cloudJump(
  jump: Jump,
  index: number,
  jumps: number,
  dimension: number,
  count: number,
  hasStatistic: boolean,
): CloudJump {
  const label = jump.name ?? `jumps[${index}]`;
  const { rate, change } = jump;
  const x = new Float64Array(dimension);
  const one = new Int32Array(1);

  const checkRate = (value: number, i: number, t: number): number => {
    if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
    throw new StepFailure(
      'failed',
      t,
      `the rate of ${label} is ${value} for particle ${i}; rates must be finite and at least 0${
        value < 0 ? ' (a leap that overshoots needs a shorter step)' : ''
      }`,
    );
  };
  const checkRow = (cloud: Float64Array, i: number, t: number): void => {
    let probe = 0;
    for (let j = i * dimension; j < (i + 1) * dimension; j++) probe += cloud[j]! * 0;
    if (probe !== 0) throw new StepFailure('failed', t, `${label} moved particle ${i} to a state that is not finite`);
  };
  const rateOf = (cloud: Float64Array, i: number, s: Float64Array, t: number): number => {
    if (rate.kind === 'constant') return rate.value;
    copyRow(cloud, i, x);
    return checkRate(rate.particle(x, s, t), i, t);
  };
  const applyOne = (cloud: Float64Array, i: number, s: Float64Array, t: number, context: JumpContext): void => {
    if (change.kind === 'displacement') {
      for (let j = 0; j < dimension; j++) cloud[i * dimension + j]! += change.by[j]!;
    } else if (change.particle) {
      copyRow(cloud, i, x);
      change.particle(x, s, t, context);
      for (let j = 0; j < dimension; j++) cloud[i * dimension + j] = x[j]!;
    } else {
      one[0] = i;
      change.many!(cloud, one, 1, s, t, context);
    }
    checkRow(cloud, i, t);
  };

  const followed = change.kind === 'map' ? change.manyFollowed : undefined;

  return {
    index,
    label,
    rate,
    affects: jump.affects ?? Array.from({ length: jumps }, (_, k) => k),
    displacement: change.kind === 'displacement' ? change.by : undefined,
    partners: change.kind === 'map' && change.partners === true,
    movesByStatistic: change.kind === 'map' && (change.statistic ?? hasStatistic),
    readsStatistic: rate.kind !== 'constant' && (rate.readsStatistic ?? hasStatistic),
    rateOf,
    ratesInto(cloud, s, t, out) {
      if (rate.kind === 'constant') out.fill(rate.value, 0, count);
      else if (rate.cloud) {
        rate.cloud(cloud, count, s, t, out);
        for (let i = 0; i < count; i++) checkRate(out[i]!, i, t);
      } else for (let i = 0; i < count; i++) out[i] = rateOf(cloud, i, s, t);
    },
    apply: applyOne,
    applyMany(cloud, indices, length, s, t, context) {
      if (length === 0) return;
      if (change.kind === 'map' && change.many) {
        change.many(cloud, indices, length, s, t, context);
        for (let k = 0; k < length; k++) checkRow(cloud, indices[k]!, t);
      } else for (let k = 0; k < length; k++) applyOne(cloud, indices[k]!, s, t, context);
    },
    applyFollowed:
      followed &&
      ((cloud, indices, length, s, t, context, sums) => {
        if (length === 0) return;
        followed(cloud, indices, length, s, t, context, sums);
        for (let k = 0; k < length; k++) checkRow(cloud, indices[k]!, t);
      }),
    deferred: change.kind === 'map' && change.deferred ? checkedDeferral(change.deferred, checkRow) : undefined,
  };
}

/** Checks the particles, in the order of their jumps, when all that were added have been made. */
function checkedDeferral(
  jumps: DeferredJumps,
  checkRow: (cloud: Float64Array, i: number, t: number) => void,
): CheckedDeferral {
  const unchecked: number[] = [];
  const times: number[] = [];
  return {
    clear() {
      unchecked.length = times.length = 0;
      jumps.clear();
    },
    add(cloud, i, t, context) {
      jumps.add(cloud, i, context);
      unchecked.push(i);
      times.push(t);
    },
    flush(cloud) {
      jumps.flush(cloud);
      for (let k = 0; k < unchecked.length; k++) checkRow(cloud, unchecked[k]!, times[k]!);
      unchecked.length = times.length = 0;
    },
  };
}
