import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/base/bytes.ts';

const value = fc.oneof(
  fc.record({ kind: fc.constant('float64' as const), value: fc.double() }),
  fc.record({ kind: fc.constant('uint32' as const), value: fc.nat(0xffffffff) }),
  fc.record({ kind: fc.constant('float64s' as const), value: fc.float64Array({ maxLength: 100 }) }),
  fc.record({ kind: fc.constant('int32s' as const), value: fc.int32Array({ maxLength: 100 }) }),
  fc.record({ kind: fc.constant('text' as const), value: fc.string({ unit: 'grapheme' }) }),
);

test.prop([fc.array(value, { maxLength: 60 })])(
  'what a ByteWriter wrote a ByteReader reads, however long',
  (values) => {
    const out = new ByteWriter();
    for (const { kind, value } of values) (out[kind] as (v: unknown) => void).call(out, value);
    const bytes = out.finish();
    const from = new ByteReader(bytes);
    for (const { kind, value } of values) {
      if (kind === 'int32s') {
        const read = new Int32Array(value.length);
        from.int32sInto(read);
        expect(read).toEqual(value);
      } else expect((from[kind] as () => unknown).call(from)).toEqual(value);
    }
    expect(from.done).toBe(true);
    expect(() => from.uint32()).toThrow('whole checkpoint');
  },
);
