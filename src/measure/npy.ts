import { ArgumentError } from '../base/errors.ts';

/** An array of any rank as numpy stores one: C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // "\x93NUMPY"
const PREAMBLE = 10; // magic, version, length of the header

/** The bytes of a .npy file, format 1.0, dtype `<f8`. numpy.lib.format describes it. */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': ${tuple}, }`;
  // numpy pads so that the data start at a multiple of 64.
  const padded = `${text.padEnd(Math.ceil((PREAMBLE + text.length + 1) / 64) * 64 - PREAMBLE - 1)}\n`;
  const bytes = new Uint8Array(PREAMBLE + padded.length + 8 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes[6] = 1;
  view.setUint16(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), PREAMBLE);
  const start = PREAMBLE + padded.length;
  for (let i = 0; i < data.length; i++) view.setFloat64(start + 8 * i, data[i]!, true);
  return bytes;
}

/** Reads a .npy file, formats 1 to 3. Throws unless it holds 64-bit floats (`<f8`) in C order. */
export function decodeNpy(name: string, bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new ArgumentError(name, bytes, 'the bytes of a .npy file');
  const wide = bytes[6]! > 1;
  const start = wide ? 12 : PREAMBLE;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  if (!/'descr':\s*'<f8'/.test(header) || !/'fortran_order':\s*False/.test(header))
    throw new ArgumentError(name, header.trim(), 'an array of dtype <f8 in C order (save it so in numpy)');
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const size = shape.reduce((product, n) => product * n, 1);
  const offset = start + length;
  if (bytes.length < offset + 8 * size)
    throw new ArgumentError(`${name}.length`, bytes.length, `${offset + 8 * size}, for shape [${shape.join(', ')}]`);
  const data = new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = view.getFloat64(offset + 8 * i, true);
  return { shape, data };
}
