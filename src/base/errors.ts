/** An argument, option or field that is out of range or of the wrong shape. Thrown before any work is done. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';

  /**
   * @param argument - the name of the argument as its caller writes it, e.g. `keepRate`
   * @param value - what was passed
   * @param allowed - what is allowed, as a phrase that continues "must be", e.g. `in (0, 1]`
   */
  constructor(
    readonly argument: string,
    readonly value: unknown,
    readonly allowed: string,
  ) {
    super(`${argument} must be ${allowed}, got ${describe(value)}`);
  }
}

/** A shortened, one-line picture of any value, for error messages. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (ArrayBuffer.isView(value)) {
    const length = 'length' in value ? String(value.length) : `${value.byteLength} bytes`;
    return `${value.constructor.name}(${length})`;
  }
  if (Array.isArray(value)) return `array of length ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
  }
  return String(value);
}
