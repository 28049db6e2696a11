import { ArgumentError } from '../../base/errors.ts';
import type { Stream } from '../../random/stream.ts';
import type { StudyPlan } from './options.ts';
import { type Replicate, type SampleRequest, toNumbers } from './sampler.ts';
import type { GrowingState } from './state.ts';

/**
 * Draws what is missing to the state's target, in batches. False if the signal fired before all was there.
 *
 * @param done - called after every batch
 */
export async function collect(
  plan: StudyPlan,
  state: GrowingState,
  options: { readonly rng: Stream; readonly signal?: AbortSignal | undefined; readonly timed: boolean },
  done: () => void,
): Promise<boolean> {
  const { rng, signal, timed } = options;
  const streams = [...Array.from(plan.sizes, (size) => rng.split('size', String(size))), rng.split('reference')];
  for (;;) {
    const requests = missing(plan, state, streams, timed);
    if (requests.length === 0) return true;
    if (signal?.aborted) return false;
    const start = performance.now();
    const outcomes = await drawn(plan, requests, signal);
    const seconds = (performance.now() - start) / 1000;
    if (!signal?.aborted && outcomes.length !== requests.length)
      throw new ArgumentError('sampleMany(): length', outcomes.length, `${requests.length}, one a request`);
    outcomes.forEach((outcome, k) => {
      const request = requests[k]!;
      const at = request.size === undefined ? -1 : plan.sizes.indexOf(request.size);
      const rows = at < 0 ? state.reference : state.samples[at]!;
      rows.push(toNumbers(outcome, request, lengthOf(plan, state)));
      const slot = at < 0 ? plan.sizes.length : at;
      if (timed) state.seconds[slot] = state.seconds[slot]! + seconds / outcomes.length;
    });
    done();
  }
}

/** The next requests, at most a batch; of one size only where they are timed. */
function missing(plan: StudyPlan, state: GrowingState, streams: readonly Stream[], timed: boolean): SampleRequest[] {
  const target = state.target!;
  const out: SampleRequest[] = [];
  for (const [i, stream] of streams.entries()) {
    const ofReference = i === plan.sizes.length;
    const from = ofReference ? state.reference.length : state.samples[i]!.length;
    const to = ofReference ? target.reference : target.counts[i]!;
    const size = ofReference ? undefined : plan.sizes[i]!;
    for (let r = from; r < to && out.length < plan.batch; r++)
      out.push({ size, replicate: r, rng: stream.split('replicate', r) });
    if (timed && out.length > 0) break;
  }
  return out;
}

/** Nothing where the sampler gave up because of the signal. */
async function drawn(
  plan: StudyPlan,
  requests: readonly SampleRequest[],
  signal: AbortSignal | undefined,
): Promise<readonly Replicate[]> {
  try {
    return await plan.sample(requests, { signal });
  } catch (error) {
    if (signal?.aborted) return [];
    throw error;
  }
}

/** The length of an outcome, once one is known. */
function lengthOf(plan: StudyPlan, state: GrowingState): number | undefined {
  if (plan.measure === 'mean') return 1;
  if (plan.exact) return plan.exact.length;
  return (state.reference[0] ?? state.samples.find((rows) => rows.length > 0)?.[0])?.length;
}
