import * as fc from 'fast-check';
import { checkInteger, checkNumber } from '../../base/check.ts';

/** Bounds of a drawn number, and the number that it shrinks to. */
export interface NumberConstraints {
  readonly min?: number;
  readonly max?: number;
  /** The simplest one; moved into [min, max]. */
  readonly towards?: number;
}

/** `towards` + k/64 in [min, max]; default [-2, 2], shrinking to 0. */
export function reals({ min = -2, max = 2, towards = 0 }: NumberConstraints = {}): fc.Arbitrary<number> {
  checkNumber('min', min);
  checkNumber('max', max, { min });
  const simplest = Math.min(max, Math.max(min, towards));
  const places = { min: Math.ceil((min - simplest) * 64), max: Math.floor((max - simplest) * 64) };
  return fc.integer(places).map((k) => simplest + k / 64);
}

/** `towards`·2^(k/4) in [min, max]; default [1/8, 8], shrinking to 1. For scales and rates. */
export function positives({ min = 1 / 8, max = 8, towards = 1 }: NumberConstraints = {}): fc.Arbitrary<number> {
  checkNumber('min', min, { above: 0 });
  checkNumber('max', max, { min });
  const simplest = Math.min(max, Math.max(min, towards));
  const places = { min: Math.ceil(4 * Math.log2(min / simplest)), max: Math.floor(4 * Math.log2(max / simplest)) };
  return fc.integer(places).map((k) => (k === 0 ? simplest : Math.min(max, Math.max(min, simplest * 2 ** (k / 4)))));
}

/** Arrays of exactly `length` entries: drawn at full length and cut by their user, so that every part shrinks by itself. */
export function vectors<T>(length: number, entry: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  checkInteger('length', length, { min: 0 });
  return fc.array(entry, { minLength: length, maxLength: length });
}
