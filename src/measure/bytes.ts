import { ArgumentError } from '../base/errors.ts';
import { crc32 } from './crc32.ts';
import { empiricalView } from './empirical.ts';
import { gridView, nodeCount } from './grid.ts';
import type { Measure } from './measure.ts';

const MAGIC = 0x6d66_6d73; // "mfms"
const VERSION = 1;
const HEADER = 20; // magic, version, kind, dimension, checksum of the rest

/**
 * A measure as bytes; `loadMeasure` is the inverse, to the last bit. Header (big-endian 32-bit words): magic "mfms",
 * version, kind, p, CRC-32 of the body. Body (little-endian 64-bit floats): N, the particles and the weights; or three
 * numbers an axis and the masses.
 */
export function saveMeasure(measure: Measure): Uint8Array {
  const body =
    measure.kind === 'empirical'
      ? [[measure.count], measure.particles, measure.weights]
      : [measure.axes.flatMap(({ lower, upper, count }) => [lower, upper, count]), measure.weights];
  const bytes = new Uint8Array(HEADER + 8 * body.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = HEADER;
  for (const part of body)
    for (const value of part) {
      view.setFloat64(offset, value, true);
      offset += 8;
    }
  view.setUint32(0, MAGIC);
  view.setUint32(4, VERSION);
  view.setUint32(8, measure.kind === 'empirical' ? 0 : 1);
  view.setUint32(12, measure.dimension);
  view.setUint32(16, crc32(bytes.subarray(HEADER)));
  return bytes;
}

/** The measure that `saveMeasure` wrote. Throws on other bytes, another version, and bytes that were cut or changed. */
export function loadMeasure(bytes: Uint8Array): Measure {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== MAGIC)
    throw new ArgumentError('bytes', bytes, 'a saved measure (its first four bytes are "mfms")');
  if (view.getUint32(4) !== VERSION)
    throw new ArgumentError('bytes', view.getUint32(4), `a saved measure of version ${VERSION}`);
  if (bytes.length % 8 !== HEADER % 8 || view.getUint32(16) !== crc32(bytes.subarray(HEADER)))
    throw new ArgumentError('bytes', bytes, 'a saved measure whose checksum holds (it was cut or changed)');
  const values = Float64Array.from({ length: (bytes.length - HEADER) / 8 }, (_, i) =>
    view.getFloat64(HEADER + 8 * i, true),
  );
  const p = view.getUint32(12);
  if (view.getUint32(8) === 0) {
    const count = values[0]!;
    return empiricalView(values.slice(1, 1 + count * p), p, values.slice(1 + count * p));
  }
  const axes = Array.from({ length: p }, (_, k) => ({
    lower: values[3 * k]!,
    upper: values[3 * k + 1]!,
    count: values[3 * k + 2]!,
  }));
  return gridView(axes, values.slice(3 * p, 3 * p + nodeCount(axes)));
}
