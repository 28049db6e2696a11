import { describe, expect, it } from 'vitest';
import {
  type CompletedStudy,
  type SampleRequest,
  type StudyOptions,
  type StudyState,
  study,
} from '../../src/convergence/index.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';

const SIZES = [64, 128, 256, 512, 1024];

/** Three numbers that fluctuate like size^(−1/2) around a mean that falls like 30/size. */
function network(size: number, rng: Stream): number[] {
  const common = normal(rng);
  return [1, -0.5, 0.7].map((d, j) => (30 * d) / size + size ** -0.5 * (0.6 * common + (1 + 0.3 * j) * normal(rng)));
}

const limit = (_: number, rng: Stream) => [0, 1, 2].map(() => 0.1 * normal(rng));

async function completed(options: StudyOptions): Promise<CompletedStudy> {
  const result = await study(options);
  if (result.outcome === 'aborted') throw new Error('aborted');
  return result;
}

describe('study', () => {
  it('finds the exponents of fluctuation, bias, root mean square and mean', async () => {
    // Fixed seeds; intervals at 99.9 %: all four hold the truth but with probability 4e-3.
    const common = { sizes: SIZES, replicates: 100, confidence: 0.999 };
    const fluctuation = await completed({ ...common, error: network, predicted: -0.5, rng: stream(1) });
    expect(fluctuation).toMatchObject({ outcome: 'completed', looks: 1, claim: { verdict: 'holds' } });
    const bias = await completed({ ...common, error: network, measure: 'bias', reference: limit, rng: stream(2) });
    const square = (size: number, rng: Stream) => [0, 0].map(() => size ** -0.75 * normal(rng));
    const rms = await completed({
      ...common,
      error: square,
      measure: 'rootMeanSquare',
      reference: [0, 0],
      rng: stream(3),
    });
    const path = (size: number, rng: Stream) => size ** -0.25 * Math.exp(0.2 * normal(rng));
    const mean = await completed({ ...common, error: path, measure: 'mean', rng: stream(4) });
    for (const [result, truth] of [
      [fluctuation, -0.5],
      [bias, -1],
      [rms, -0.75],
      [mean, -0.25],
    ] as const) {
      const { fit } = result;
      expect(fit.fitted && fit.interval[0] < truth && truth < fit.interval[1]).toBe(true);
      expect(result.spent).toBeLessThanOrEqual(result.budget);
      expect(result.spent).toBeGreaterThan(0.98 * result.budget);
    }
    expect(bias.referenceReplicates).toBeGreaterThan(0);
    const { apart } = bias;
    expect(apart?.fluctuation.fit.fitted && Math.abs(apart.fluctuation.fit.exponent.value + 0.5) < 0.15).toBe(true);
    expect(mean.summary).toMatch(/^mean ≈ .* · size\^-0\.2/);
  });

  it('is more precise than as many replicates everywhere, at the same cost', async () => {
    // Costs in proportion to the size. The best design for a slope is at the two ends, √2 more precise than the even one;
    // 0.85 leaves room for the pilot and for curvature. Averages of 20 studies, fixed seeds: ± 2 %.
    let optimal = 0;
    let even = 0;
    for (let s = 0; s < 20; s++) {
      const options = { sizes: SIZES, replicates: 100, cost: (n: number) => n / 64, error: network, rng: stream(s) };
      const first = await completed(options);
      const second = await completed({ ...options, allocation: 'even' });
      expect(new Set(second.replicates)).toEqual(new Set([100]));
      optimal += first.fit.fitted ? first.fit.exponent.standardError : Number.NaN;
      even += second.fit.fitted ? second.fit.exponent.standardError : Number.NaN;
    }
    expect(optimal / even).toBeLessThan(0.85);
  });

  it('gives a noisy reference its share', async () => {
    const options = { sizes: SIZES, replicates: 60, measure: 'bias' as const, predicted: -1, error: network };
    const at = async (scale: number) => {
      const reference = (_: number, rng: Stream) => [0, 1, 2].map(() => scale * normal(rng));
      return (await completed({ ...options, reference, rng: stream(5) })).referenceReplicates;
    };
    const [quiet, noisy] = [await at(0.01), await at(0.4)];
    expect(noisy).toBeGreaterThan(4 * quiet);
  });

  it('has the same bits in batches, interrupted and resumed, or in one go', async () => {
    const base = { sizes: SIZES, replicates: 40, measure: 'bias' as const, predicted: -1, terms: [-1, -0.5] as const };
    const whole = await completed({ ...base, error: network, reference: limit, rng: stream(6) });
    const sampleMany = async (requests: readonly SampleRequest[]) => {
      expect(requests.length).toBeLessThanOrEqual(7);
      // as another thread would, and in another order
      const backwards = [...requests].reverse().map(({ size, rng }) => {
        const own = stream(rng.seed).split(...rng.path);
        return size === undefined ? limit(0, own) : network(size, own);
      });
      return backwards.reverse();
    };
    const control = new AbortController();
    let state: StudyState | undefined;
    let batches = 0;
    const options = { ...base, sampleMany, reference: 'sampled' as const, batch: 7, rng: stream(6) };
    const cut = await study({
      ...options,
      signal: control.signal,
      checkpoint: (s) => (state = JSON.parse(JSON.stringify(s))),
      progress: () => ++batches === 13 && control.abort(),
    });
    expect(cut.outcome).toBe('aborted');
    expect(cut.summary).toContain('aborted');
    const resumed = await completed({ ...options, state: state! });
    const plain = (result: CompletedStudy) => JSON.stringify(result);
    expect(plain(resumed)).toBe(plain(whole));
    const fluctuation = { ...base, measure: 'fluctuation' as const, error: network, resamples: 400, rng: stream(6) };
    const once = await completed(fluctuation);
    expect(once.bootstrap!.interval[0]).toBeLessThan(once.bootstrap!.value);
    expect((await completed(fluctuation)).bootstrap).toEqual(once.bootstrap);
    // and goes on with a larger budget
    const more = await completed({ ...options, replicates: 50, state: whole.state });
    expect(more.state.samples[0]!.slice(0, 20)).toEqual(whole.state.samples[0]!.slice(0, 20));
    expect(more).toMatchObject({ looks: 2, budget: 300 });
  });

  it('stops early where the claim is clear, and else says which budget would decide', async () => {
    const early = await completed({
      sizes: SIZES,
      replicates: 400,
      predicted: -1,
      early: true,
      error: network,
      rng: stream(7),
    });
    expect(early).toMatchObject({ outcome: 'decided', looks: 1, claim: { verdict: 'fails', falseAlarm: 0.001 } });
    expect(early.spent).toBeLessThanOrEqual(0.25 * early.budget);
    const open = await completed({ sizes: SIZES, replicates: 10, predicted: -0.5, error: network, rng: stream(8) });
    expect(open.claim?.verdict).toBe('undecided');
    expect(open.neededBudget).toBeGreaterThan(open.spent);
  });

  it('says which term rules where', async () => {
    const error = (size: number, rng: Stream) => (size ** -0.5 + 30 / size) * (1 + 0.03 * normal(rng));
    const sizes = [16, 64, 1024, 65536, 262144];
    const result = await completed({
      sizes,
      replicates: 50,
      measure: 'mean',
      terms: [-0.5, -1],
      error,
      rng: stream(9),
    });
    expect(result.terms?.fitted && result.terms.rules).toEqual([1, 1, undefined, 0, 0]);
    expect(result.summary).toMatch(/size\^-0.5 rules at 65536, 262144, size\^-1 rules at 16, 64/);
  });

  it('times replicates where costs are to be measured', async () => {
    const result = await completed({
      sizes: [1, 2],
      budget: 0.02,
      cost: 'measured',
      pilot: 4,
      error: network,
      rng: stream(1),
    });
    expect(result.state.seconds.slice(0, 2).every((s) => s > 0)).toBe(true);
  });

  it('times the whole pilot of the reference, also when it is interrupted there', async () => {
    const reference = (_: number, rng: Stream) => {
      const begin = performance.now();
      while (performance.now() - begin < 2);
      return limit(0, rng);
    };
    const control = new AbortController();
    let batches = 0;
    const options = { sizes: [1, 2], budget: 0.05, cost: 'measured', pilot: 4, error: network, reference } as const;
    const rest = { measure: 'bias', rng: stream(1) } as const;
    const cut = await study({
      ...options,
      ...rest,
      signal: control.signal,
      // Two sizes of four replicates, and one of the reference.
      progress: () => ++batches === 9 && control.abort(),
    });
    expect(cut).toMatchObject({ outcome: 'aborted', replicates: [4, 4], referenceReplicates: 1 });
    const { state } = await completed({ ...options, ...rest, state: cut.state });
    expect(state.seconds[2]).toBeGreaterThanOrEqual(4 * 0.002);
  });

  it('looks early twice at most, however often it is resumed', async () => {
    const options = { sizes: SIZES, predicted: -0.5, margin: 0.001, early: true, error: network, rng: stream(8) };
    const first = await completed({ ...options, pilot: 10, replicates: 80 });
    expect(first).toMatchObject({ outcome: 'completed', looks: 3, claim: { verdict: 'undecided' } });
    const second = await completed({ ...options, pilot: 10, replicates: 640, state: first.state });
    expect(second).toMatchObject({ outcome: 'completed', looks: 4 });
  });

  it('says what is wrong before any work', async () => {
    let drawn = 0;
    const error = () => drawn++;
    const base = { sizes: [1, 2], replicates: 10, error, rng: stream(1) };
    const wrong: [Partial<StudyOptions>, RegExp][] = [
      [{ sizes: [1] }, /sizes.length must be at least 2/],
      [{ sizes: [1, 1] }, /sizes must be all different/],
      [{ sizes: [1, -1] }, /sizes\[1\]/],
      [{ replicates: 3 }, /replicates/],
      [{ budget: 10 }, /replicates must be given, or budget, and not both/],
      [{ measure: 'bias' }, /reference must be given/],
      [{ reference: 0 }, /reference must be left out/],
      [{ sampleMany: async () => [] }, /error must be given, or sampleMany, and not both/],
      [{ early: true }, /early must be false where nothing is predicted/],
      [{ pilot: 20 }, /replicates must be enough for a pilot of 20 at every size, which costs 40, got 10/],
      [{ terms: [1, 1] }, /terms must be two different numbers/],
      [{ cost: () => 0 }, /cost\(1\)/],
      [{ margin: -1 }, /margin/],
      [{ batch: 0 }, /batch/],
      [{ resamples: 5 }, /resamples/],
    ];
    for (const [options, message] of wrong) await expect(study({ ...base, ...options })).rejects.toThrow(message);
    expect(drawn).toBe(0);
    const other = await study({ ...base, error: network, sizes: [1, 3] });
    await expect(study({ ...base, state: other.state })).rejects.toThrow(/state.sizes must be that of this study/);
    const { samples: _, ...broken } = other.state;
    await expect(study({ ...base, sizes: [1, 3], state: broken as StudyState })).rejects.toThrow(
      /state must be replicates as rows for 2 sizes and the reference/,
    );
    await expect(study({ ...base, error: () => null as never })).rejects.toThrow(/error\(1\), replicate 0/);
    await expect(study({ ...base, error: () => Number.NaN })).rejects.toThrow(/error\(1\), replicate 0\[0\]/);
    const ragged = (_: number, __: Stream, r: number) => (r === 1 ? [1, 2] : [1]);
    await expect(study({ ...base, error: ragged })).rejects.toThrow(/length must be 1, as of the other replicates/);
  });
});
