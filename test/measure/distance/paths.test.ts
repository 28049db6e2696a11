import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JumpPath, jumpPath, skorokhodDistance, uniformPathDistance } from '../../../src/measure/index.ts';

const until = 8;
const step = (time: number, height: number) => jumpPath({ times: [time], states: [0, height], until });

/**
 * The definition, by enumeration: every order in which the jumps of both paths can happen costs the largest of the gaps
 * between states held together and, for a jump of y at t before (after) one of x at s, the time t − s (s − t) by which
 * it must be moved; a common jump costs |s − t|.
 */
function enumerate(x: JumpPath, y: JumpPath, i = 0, j = 0): number {
  const gap = Math.abs(x.states[i]! - y.states[j]!);
  if (i === x.times.length && j === y.times.length) return gap;
  let best = Number.POSITIVE_INFINITY;
  const [s, t] = [x.times[i], y.times[j]];
  // x jumps now: all later jumps of y are moved to after s. y jumps now: it is before all later jumps of x.
  if (s !== undefined) best = Math.min(best, Math.max(t === undefined ? 0 : s - t, enumerate(x, y, i + 1, j)));
  if (t !== undefined) best = Math.min(best, Math.max(s === undefined ? 0 : t - s, enumerate(x, y, i, j + 1)));
  if (s !== undefined && t !== undefined)
    best = Math.min(best, Math.max(Math.abs(s - t), enumerate(x, y, i + 1, j + 1)));
  return Math.max(gap, best);
}

const path = fc
  .uniqueArray(fc.integer({ min: 1, max: 8 * until - 1 }), { maxLength: 4 })
  .chain((ticks) =>
    fc
      .array(fc.integer({ min: -6, max: 6 }), { minLength: ticks.length + 1, maxLength: ticks.length + 1 })
      .map((states) =>
        jumpPath({ times: ticks.sort((a, b) => a - b).map((k) => k / 8), states: states.map((k) => k / 4), until }),
      ),
  );

describe('skorokhodDistance', () => {
  it.each([
    [2, 3, 5],
    [2, 3, 0.5],
    [1, 7.9, 2],
    [4, 4, 1],
  ])('one jump at %d or at %d of height %d: min(|s − t|, height)', (s, t, height) => {
    expect(skorokhodDistance(step(s, height), step(t, height))).toBeCloseTo(Math.min(Math.abs(s - t), height), 15);
    expect(uniformPathDistance(step(s, height), step(t, height))).toBe(s === t ? 0 : height);
  });

  it('one jump of different heights: max(|h − k|, min(|s − t|, min height))', () => {
    expect(skorokhodDistance(step(2, 5), step(2.5, 7))).toBe(2);
    expect(skorokhodDistance(step(2, 5), step(4.5, 6))).toBe(2.5);
    expect(skorokhodDistance(step(2, 5), jumpPath({ times: [], states: [0], until }))).toBe(5);
  });

  it('a small wait at half height counts by its height or by its length', () => {
    const direct = step(3, 2);
    const waits = (length: number) => jumpPath({ times: [3, 3 + length], states: [0, 1, 2], until });
    // The state 1 is held for any length, and no change of time removes it: J₁ is 1, where M₁ would be small.
    expect(skorokhodDistance(direct, waits(0.01))).toBe(1);
  });

  it('a jump at the end can not be moved', () => {
    expect(skorokhodDistance(step(until, 3), step(until - 0.01, 3))).toBe(3);
    expect(skorokhodDistance(step(until, 3), step(until, 3.5))).toBe(0.5);
    expect(skorokhodDistance(step(until, 3), jumpPath({ times: [], states: [0], until }))).toBe(3);
  });

  it('law: equals the enumeration of all orders of jumps', () => {
    fc.assert(
      fc.property(path, path, (x, y) => {
        expect(skorokhodDistance(x, y)).toBe(enumerate(x, y));
      }),
      { seed: 31, numRuns: 1500 },
    );
  });

  it('law: a metric, at most the uniform distance, which is one too', () => {
    fc.assert(
      fc.property(path, path, path, (x, y, z) => {
        for (const d of [skorokhodDistance, uniformPathDistance]) {
          expect(d(x, x)).toBe(0);
          expect(d(x, y)).toBe(d(y, x));
          expect(d(x, z)).toBeLessThanOrEqual(d(x, y) + d(y, z));
        }
        expect(skorokhodDistance(x, y)).toBeLessThanOrEqual(uniformPathDistance(x, y));
        // Both compare the start and the end without any change of time.
        const ends = Math.max(Math.abs(x.states[0]! - y.states[0]!), Math.abs(x.states.at(-1)! - y.states.at(-1)!));
        expect(skorokhodDistance(x, y)).toBeGreaterThanOrEqual(ends);
      }),
      { seed: 32, numRuns: 500 },
    );
  });

  it('law: a change of time by at most δ moves a path by at most δ', () => {
    fc.assert(
      fc.property(
        path,
        fc.array(fc.double({ min: -0.06, max: 0.06, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (x, shifts) => {
          const times = x.times.map((time, k) => time + shifts[k]!);
          const moved = jumpPath({ times, states: x.states, until });
          const delta = times.reduce((most, time, k) => Math.max(most, Math.abs(time - x.times[k]!)), 0);
          expect(skorokhodDistance(x, moved)).toBeLessThanOrEqual(delta);
        },
      ),
      { seed: 33, numRuns: 300 },
    );
  });

  it('takes states in R²', () => {
    const x = jumpPath({
      times: [1],
      states: [
        [0, 0],
        [3, 4],
      ],
      until,
    });
    const y = jumpPath({
      times: [1.25],
      states: [
        [0, 0],
        [3, 4],
      ],
      until,
    });
    expect([skorokhodDistance(x, y), uniformPathDistance(x, y)]).toEqual([0.25, 5]);
  });
});

describe('jumpPath', () => {
  it.each([
    ['unsorted times', { times: [2, 1], states: [0, 1, 2], until }, 'times[1] must be'],
    ['a jump at 0', { times: [0], states: [0, 1], until }, 'times[0] must be'],
    ['a jump after the end', { times: [9], states: [0, 1], until }, 'times[0] must be'],
    ['a missing state', { times: [1], states: [0], until }, 'states.length must be 2'],
    ['no time', { times: [], states: [0], until: 0 }, 'until must be'],
  ])('stops %s', (_, options, message) => {
    expect(() => jumpPath(options)).toThrow(message);
  });

  it('distances stop paths of different intervals or spaces', () => {
    const other = jumpPath({ times: [1], states: [0, 1], until: 9 });
    expect(() => skorokhodDistance(step(1, 1), other)).toThrow('second.until must be 8');
    const plane = jumpPath({ times: [], states: [[0, 0]], until });
    expect(() => uniformPathDistance(step(1, 1), plane)).toThrow('second.dimension must be 1');
  });
});
