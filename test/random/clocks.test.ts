import { describe, expect, it } from 'vitest';
import { bernoulliClock, coupledClock, poissonClock, type StepClock, stream } from '../../src/random/index.ts';
import { chiSquareP, expectFit, kolmogorovSmirnovP, LARGEST_Z } from './goodness-of-fit.ts';

const exponentialCdf = (x: number) => -Math.expm1(-x);

describe('poissonClock', () => {
  const clock = poissonClock({ count: 7, rate: 2.5, rng: stream(71).split('clock') });
  const rings: { time: number; particle: number }[] = [];
  for (const walk = clock.walk(); rings.length < 100_000; walk.next())
    rings.push({ time: walk.time, particle: walk.particle });

  // Kolmogorov–Smirnov and χ², false-alarm probability 1e-6 on each side.
  it('rings at exponential gaps, altogether and for each particle', () => {
    expectFit(
      kolmogorovSmirnovP(
        Float64Array.from(rings, ({ time }, i) => 17.5 * (time - (rings[i - 1]?.time ?? 0))),
        exponentialCdf,
      ),
    );
    for (let p = 0; p < 7; p++) {
      const own = rings.filter(({ particle }) => particle === p).map(({ time }) => time);
      const gaps = Float64Array.from(own, (time, i) => 2.5 * (time - (own[i - 1] ?? 0)));
      expectFit(kolmogorovSmirnovP(gaps, exponentialCdf));
    }
  });

  it('is due to each particle equally often, whoever rang before', () => {
    const counts = new Float64Array(49);
    for (let i = 1; i < rings.length; i += 2) counts[7 * rings[i - 1]!.particle + rings[i]!.particle]!++;
    expectFit(chiSquareP(counts, new Float64Array(49).fill(1 / 49)));
  });

  it('rings are in order, and go on across cells', () => {
    expect(rings.every(({ time }, i) => i === 0 || time > rings[i - 1]!.time)).toBe(true);
  });

  it('every walk meets the same rings, wherever it starts', () => {
    const cell = 1024 / 17.5;
    const starts = [
      0,
      1e-9,
      0.5 * cell,
      cell,
      cell * (1 - 1e-16),
      cell * (1 + 1e-15),
      3 * cell,
      1000.5,
      rings[777]!.time,
    ];
    for (const from of starts) {
      const first = rings.findIndex(({ time }) => time > from);
      const walk = clock.walk(from);
      for (let i = first; i < first + 600; i++, walk.next())
        if (walk.time !== rings[i]!.time || walk.particle !== rings[i]!.particle)
          expect({ from, i, time: walk.time }).toEqual({ from, i, time: rings[i]!.time });
    }
  });

  it('walks do not disturb each other', () => {
    const [a, b] = [clock.walk(), clock.walk(10)];
    for (let i = 0; i < 1000; i++) {
      expect(a.time).toBe(rings[i]!.time);
      a.next();
      b.next();
    }
  });

  // A regular clock of the same rate has the right count on average, and is found by the law of its gaps.
  it('a regular clock would be found', () => {
    const gaps = Float64Array.from({ length: 10_000 }, () => 1);
    expect(kolmogorovSmirnovP(gaps, exponentialCdf)).toBeLessThan(1e-9);
  });

  it('rejects bad arguments by name', () => {
    const rng = stream(1);
    for (const count of [0, 1.5, Number.NaN])
      expect(() => poissonClock({ count, rate: 1, rng })).toThrow(/^count must/);
    for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => poissonClock({ count: 1, rate, rng })).toThrow(/^rate must/);
    expect(() => clock.walk(-1)).toThrow(/^from must/);
  });
});

const RATE = 1.25; // 1/α for α = 0.8
const clockOf = (count: number) => poissonClock({ count, rate: RATE, rng: stream(72).split('clock') });
const masks = () => stream(72).split('masks');
const poissonStep = (step: number) => 1 - Math.exp(-RATE * step);

/** Every way to make a step clock of 20 neurons, with the q it must have. */
const stepClocks: { name: string; q: number; make: () => StepClock }[] = [
  ...[1, 0.6, 0.3, 0.01].map((q) => ({
    name: `Bernoulli ${q}`,
    q,
    make: () => bernoulliClock({ count: 20, keepRate: q, rng: masks() }),
  })),
  { name: 'rings', q: poissonStep(0.2), make: () => coupledClock(clockOf(20), { step: 0.2, rng: masks() }) },
  {
    name: 'first 20 of 50',
    q: poissonStep(0.2),
    make: () => coupledClock(clockOf(50), { step: 0.2, rng: masks(), count: 20 }),
  },
  ...[
    { step: 0.2, keepRate: 0.2 / 0.8 }, // τ/q = α
    { step: 0.2, keepRate: 0.1 },
    { step: 0.2, keepRate: 0.2 },
    { step: 0.8, keepRate: 1 },
    { step: 0.05, keepRate: 0.9 },
    { step: 12, keepRate: 0.5 },
    { step: 1e-9, keepRate: 0.3 },
  ].map(({ step, keepRate }) => ({
    name: `coupled, step ${step}, q = ${keepRate}`,
    q: keepRate,
    make: () => coupledClock(clockOf(20), { step, keepRate, rng: masks() }),
  })),
];

describe.each(stepClocks)('$name', ({ q, make }) => {
  const clock = make();
  const STEPS = q === 1 ? 50 : 8000;
  const out = new Int32Array(20);
  const bits = Array.from({ length: STEPS }, (_, step) => {
    const size = clock.activeInto(step, out);
    const row = new Float64Array(20);
    for (let j = 0; j < size; j++) row[out[j]!] = 1;
    return row;
  });

  it('says what it is', () => {
    expect(clock.count).toBe(20);
    expect(Math.abs(clock.keepRate - q)).toBeLessThan(1e-15);
  });

  // Sizes: χ² against the binomial law, 1e-6 on each side. Marginals and correlations: z-scores, 5.5 is 4e-8 each.
  it('is independent Bernoulli(q), over neurons and over steps', () => {
    if (q === 1) return expect(bits.every((row) => row.every((bit) => bit === 1))).toBe(true);
    const sizes = new Float64Array(21);
    for (const row of bits) sizes[row.reduce((a, b) => a + b)]!++;
    const binomial = new Float64Array(21).fill((1 - q) ** 20);
    for (let k = 1; k <= 20; k++) binomial[k] = (binomial[k - 1]! * (21 - k) * q) / (k * (1 - q));
    expectFit(chiSquareP(sizes, binomial));
    const variance = q * (1 - q);
    for (let i = 0; i < 20; i++) {
      const sum = bits.reduce((total, row) => total + row[i]! - q, 0);
      expect(Math.abs(sum)).toBeLessThan(5.5 * Math.sqrt(STEPS * variance) + 1);
    }
    for (const [steps, neurons] of [
      [0, 1],
      [0, 7],
      [1, 0],
      [2, 0],
      [10, 0],
      [1, 1],
      [1, 19],
    ] as const) {
      let sum = 0;
      let terms = 0;
      for (let s = steps; s < STEPS; s++)
        for (let i = 0; i + neurons < 20; i++, terms++)
          sum += (bits[s]![i]! - q) * (bits[s - steps]![i + neurons]! - q);
      expect(Math.abs(sum)).toBeLessThan(5.5 * variance * Math.sqrt(terms));
    }
  });

  it('gives the same answer in any order, again and again, and from a new clock of the same name', () => {
    const other = make();
    for (const step of [40, 3, 3, 4, 5, 0, 49, 48, 1, 2]) {
      for (const source of [clock, other]) {
        const size = source.activeInto(step, out);
        const expected = [...bits[step]!.keys()].filter((i) => bits[step]![i] === 1);
        expect([...out.subarray(0, size)]).toEqual(expected);
      }
    }
  });

  it('rejects a step that is no index', () => {
    for (const step of [-1, 0.5, Number.NaN]) expect(() => clock.activeInto(step, out)).toThrow(/^step must be/);
    expect(() => clock.activeInto(0, new Int32Array(3))).toThrow(/^out.length must be/);
  });
});

describe('coupledClock', () => {
  const COUNT = 30;
  const clock = clockOf(COUNT);
  const out = new Int32Array(COUNT);
  const active = (masksOf: StepClock, step: number) => [...out.subarray(0, masksOf.activeInto(step, out))];

  /** Who rings in (from, to], found by a walk from the beginning. */
  function ringing(from: number, to: number): number[] {
    const found = new Set<number>();
    for (const walk = clock.walk(); walk.time <= to; walk.next()) if (walk.time > from) found.add(walk.particle);
    return [...found].sort((a, b) => a - b);
  }

  it('with q = p the active neurons are those that ring', () => {
    for (const step of [0.01, 0.2, 3]) {
      const exact = coupledClock(clock, { step, rng: masks() });
      for (const k of [0, 1, 7, 30]) expect(active(exact, k)).toEqual(ringing(k * step, (k + 1) * step));
    }
  });

  it('with q < p they are among those that ring, and grow with q', () => {
    let smaller: number[][] = Array.from({ length: 40 }, () => []);
    for (const keepRate of [0.02, 0.1, 0.18, poissonStep(0.2)]) {
      const thinned = coupledClock(clock, { step: 0.2, keepRate, rng: masks() });
      const sets = smaller.map((_, k) => active(thinned, k));
      sets.forEach((set, k) => {
        expect(ringing(0.2 * k, 0.2 * (k + 1))).toEqual(expect.arrayContaining(set));
        expect(set).toEqual(expect.arrayContaining(smaller[k]!));
      });
      smaller = sets;
    }
  });

  it('with q > p they include all that ring', () => {
    const more = coupledClock(clock, { step: 0.2, keepRate: 0.5, rng: masks() });
    for (let k = 0; k < 40; k++)
      expect(active(more, k)).toEqual(expect.arrayContaining(ringing(0.2 * k, 0.2 * (k + 1))));
  });

  // The coupling is maximal: P(active ≠ rings) = |q - p|. Binomial, |z| < 4.75.
  it.each([0.1, 0.25, 0.5])('q = %d disagrees with the rings as rarely as it can', (keepRate) => {
    const steps = 4000;
    const coupled = coupledClock(clock, { step: 0.2, keepRate, rng: masks() });
    const exact = coupledClock(clock, { step: 0.2, rng: masks() });
    let differences = 0;
    for (let k = 0; k < steps; k++) differences += Math.abs(active(coupled, k).length - active(exact, k).length);
    const p = Math.abs(keepRate - poissonStep(0.2));
    const trials = steps * COUNT;
    expect(Math.abs(differences - trials * p)).toBeLessThan(LARGEST_Z * Math.sqrt(trials * p * (1 - p)));
  });

  it('does not ring twice for two steps, nor lose a ring between them', () => {
    const total = (step: number, steps: number) => {
      const exact = coupledClock(clock, { step, rng: masks() });
      let sum = 0;
      for (let k = 0; k < steps; k++) sum += active(exact, k).length;
      return sum;
    };
    let rings = 0;
    for (const walk = clock.walk(); walk.time <= 2; walk.next()) rings++;
    expect(total(2 ** -16, 2 ** 17)).toBe(rings);
  });

  it('rejects bad options by name', () => {
    const rng = masks();
    for (const step of [0, -1, Number.NaN]) expect(() => coupledClock(clock, { step, rng })).toThrow(/^step must/);
    for (const keepRate of [0, 1.1, Number.NaN])
      expect(() => coupledClock(clock, { step: 1, keepRate, rng })).toThrow(/^keepRate must/);
    for (const count of [0, 31]) expect(() => coupledClock(clock, { step: 1, count, rng })).toThrow(/^count must/);
  });
});
