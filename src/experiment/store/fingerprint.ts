import { createHash, type Hash } from 'node:crypto';

/**
 * A SHA-256 of plain data, in hexadecimal: equal for equal values whatever the order of keys, and whether arrays of numbers are in
 * shared memory or not. Values of different types, -0 and 0, and a field that is undefined and one that is absent differ. O(size).
 */
export function fingerprint(value: unknown): string {
  const hash = createHash('sha256');
  feed(hash, value);
  return hash.digest('hex');
}

function feed(hash: Hash, value: unknown): void {
  if (Array.isArray(value)) {
    hash.update(`[${value.length} `);
    for (const item of value) feed(hash, item);
  } else if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength} `);
    hash.update(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`{${entries.length} `);
    for (const [key, item] of entries) {
      text(hash, key);
      feed(hash, item);
    }
  } else if (typeof value === 'string') text(hash, value);
  else hash.update(`${typeof value} ${Object.is(value, -0) ? '-0' : String(value)} `);
}

/** The length comes first: no text can pass for the end of one and the beginning of another. */
function text(hash: Hash, value: string): void {
  hash.update(`"${value.length} ${value}`);
}
