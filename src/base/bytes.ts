import { ArgumentError } from './errors.ts';

/** Appends numbers and byte strings to a growing buffer: the writing half of every checkpoint. Big-endian. */
export class ByteWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  uint32(value: number): void {
    const start = this.reserve(4);
    this.view.setUint32(start, value);
  }

  float64(value: number): void {
    // Reserving may replace the view.
    const start = this.reserve(8);
    this.view.setFloat64(start, value);
  }

  float64s(values: Float64Array): void {
    this.uint32(values.length);
    const start = this.reserve(8 * values.length);
    for (let i = 0; i < values.length; i++) this.view.setFloat64(start + 8 * i, values[i]!);
  }

  int32s(values: Int32Array): void {
    this.uint32(values.length);
    const start = this.reserve(4 * values.length);
    for (let i = 0; i < values.length; i++) this.view.setInt32(start + 4 * i, values[i]!);
  }

  blob(value: Uint8Array): void {
    this.uint32(value.length);
    const start = this.reserve(value.length);
    this.bytes.set(value, start);
  }

  text(value: string): void {
    this.blob(new TextEncoder().encode(value));
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private reserve(size: number): number {
    const start = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length));
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return start;
  }
}

/** Reads back what a `ByteWriter` wrote, in the same order; a truncated buffer is an ArgumentError. */
export class ByteReader {
  private readonly view: DataView;
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4));
  }

  float64(): number {
    return this.view.getFloat64(this.take(8));
  }

  /** Fills `out`; its length must be the one that was written. */
  float64sInto(out: Float64Array): void {
    this.checkLength(this.uint32(), out.length);
    const start = this.take(8 * out.length);
    for (let i = 0; i < out.length; i++) out[i] = this.view.getFloat64(start + 8 * i);
  }

  float64s(): Float64Array {
    const length = this.uint32();
    const start = this.take(8 * length);
    const out = new Float64Array(length);
    for (let i = 0; i < length; i++) out[i] = this.view.getFloat64(start + 8 * i);
    return out;
  }

  int32sInto(out: Int32Array): void {
    this.checkLength(this.uint32(), out.length);
    const start = this.take(4 * out.length);
    for (let i = 0; i < out.length; i++) out[i] = this.view.getInt32(start + 4 * i);
  }

  blob(): Uint8Array {
    const length = this.uint32();
    const start = this.take(length);
    return this.bytes.slice(start, start + length);
  }

  text(): string {
    return new TextDecoder().decode(this.blob());
  }

  /** True when everything was read. */
  get done(): boolean {
    return this.position === this.bytes.length;
  }

  private take(size: number): number {
    const start = this.position;
    if (start + size > this.bytes.length)
      throw new ArgumentError('bytes', this.bytes.length, `a whole checkpoint (it ends at byte ${this.bytes.length})`);
    this.position += size;
    return start;
  }

  private checkLength(written: number, expected: number): void {
    if (written !== expected)
      throw new ArgumentError(
        'bytes',
        written,
        `a checkpoint of a problem of the same size (${expected} numbers here)`,
      );
  }
}

/** State that can be written to bytes and read back to the same bits. */
export interface Checkpointable {
  save(out: ByteWriter): void;
  load(from: ByteReader): void;
}
