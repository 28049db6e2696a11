import { ArgumentError } from '../base/errors.ts';
import { crc32 } from './crc32.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const EPOCH = 0x21; // 1 January 1980, the first day a zip can name: the same content gives the same bytes
const LIMIT = 0xffffffff;

/** A zip archive with stored (uncompressed) entries. PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
export function encodeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const encoder = new TextEncoder();
  const files = [...entries].map(([name, content]) => ({ name: encoder.encode(name), content, crc: crc32(content) }));
  const size = files.reduce((sum, file) => sum + 76 + 2 * file.name.length + file.content.length, 22);
  if (size > LIMIT) throw new ArgumentError('entries', size, 'less than 4 GiB in total (this is its size)');
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const offsets = files.map(({ name, content, crc }) => {
    const offset = at;
    view.setUint32(at, LOCAL, true);
    writeCommon(view, at + 4, name.length, content.length, crc);
    bytes.set(name, at + 30);
    bytes.set(content, at + 30 + name.length);
    at += 30 + name.length + content.length;
    return offset;
  });
  const directory = at;
  files.forEach(({ name, content, crc }, i) => {
    view.setUint32(at, CENTRAL, true);
    view.setUint16(at + 4, 20, true);
    writeCommon(view, at + 6, name.length, content.length, crc);
    view.setUint32(at + 42, offsets[i]!, true);
    bytes.set(name, at + 46);
    at += 46 + name.length;
  });
  view.setUint32(at, END, true);
  view.setUint16(at + 8, files.length, true);
  view.setUint16(at + 10, files.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return bytes;
}

/** The entries of a zip archive. Throws on compressed entries, checksums that fail, and bytes that are no zip. */
export function decodeZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end < 0) throw new ArgumentError('bytes', bytes, 'a zip archive');
  const entries = new Map<string, Uint8Array>();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
      throw new ArgumentError('bytes', bytes, 'a zip archive with an intact directory');
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (view.getUint16(at + 10, true) !== 0)
      throw new ArgumentError(name, 'compressed', 'a stored entry (numpy.savez, not numpy.savez_compressed)');
    const size = view.getUint32(at + 24, true);
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const content = bytes.subarray(start, start + size);
    if (content.length !== size || crc32(content) !== view.getUint32(at + 16, true))
      throw new ArgumentError(name, bytes, 'an entry whose checksum holds (the archive was cut or changed)');
    entries.set(name, content);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The fields that the local and the central header share: version needed, flags, method, time, date, crc, sizes. */
function writeCommon(view: DataView, at: number, nameLength: number, size: number, crc: number): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 8, EPOCH, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, nameLength, true);
}

/** The end record is last, before a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65535); at--)
    if (view.getUint32(at, true) === END) return at;
  return -1;
}
