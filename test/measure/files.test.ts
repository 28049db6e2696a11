import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/measure/crc32.ts';
import {
  decodeNpz,
  empiricalMeasure,
  encodeNpz,
  gridMeasure,
  loadMeasure,
  type Measure,
  measureFromNpz,
  measureToNpz,
  saveMeasure,
} from '../../src/measure/index.ts';

const measures: [string, Measure][] = [
  [
    'particles',
    empiricalMeasure(
      [
        [1.5, -2],
        [3, 4],
        [5, 1e-300],
      ],
      [1, 2, 1],
    ),
  ],
  ['a line', empiricalMeasure([0.1, -0, 7])],
  [
    'a grid',
    gridMeasure(
      [
        { lower: 0, upper: 0.7, count: 3 },
        { lower: -1, upper: 1, count: 2 },
      ],
      [1, 2, 3, 4, 5, 6],
    ),
  ],
];

// numpy 2.4: np.savez(f, points=np.array([[1., 2], [3, 4]]), weights=np.array([.25, .75])), with its zip64 local headers.
const WRITTEN_BY_NUMPY =
  'UEsDBC0AAAAAAAAAIQAhNYtp//////////8KABQAcG9pbnRzLm5weQEAEACgAAAAAAAAAKAAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAABAAAAAAAAACEAAAAAAAAAQQFBLAwQtAAAAAAAAACEA/U3qpv//////////CwAUAHdlaWdodHMubnB5AQAQAJAAAAAAAAAAkAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAAAANA/AAAAAAAA6D9QSwECLQMtAAAAAAAAACEAITWLaaAAAACgAAAACgAAAAAAAAAAAAAAgAEAAAAAcG9pbnRzLm5weVBLAQItAy0AAAAAAAAAIQD9TeqmkAAAAJAAAAALAAAAAAAAAAAAAACAAdwAAAB3ZWlnaHRzLm5weVBLBQYAAAAAAgACAHEAAACpAQAAAAA=';

describe.each(measures)('files of %s', (_, measure) => {
  it('come back to the bit, as bytes and as .npz', () => {
    for (const back of [loadMeasure(saveMeasure(measure)), measureFromNpz(measureToNpz(measure))]) {
      expect(back.kind).toBe(measure.kind);
      expect(back.weights).toEqual(measure.weights);
      if (back.kind === 'empirical' && measure.kind === 'empirical') expect(back.particles).toEqual(measure.particles);
      if (back.kind === 'grid' && measure.kind === 'grid') expect(back.axes).toEqual(measure.axes);
    }
  });

  it('that were cut or changed are refused', () => {
    const bytes = saveMeasure(measure);
    expect(() => loadMeasure(bytes.subarray(0, bytes.length - 8))).toThrow('checksum');
    const changed = bytes.slice();
    changed[30]! ^= 1;
    expect(() => loadMeasure(changed)).toThrow('checksum');
    const newer = bytes.slice();
    newer[7] = 9;
    expect(() => loadMeasure(newer)).toThrow('version 1');
    expect(() => loadMeasure(new Uint8Array(100))).toThrow('"mfms"');
    const npz = measureToNpz(measure);
    npz[60]! ^= 1;
    expect(() => measureFromNpz(npz)).toThrow('checksum');
    expect(() => measureFromNpz(npz.subarray(0, 60))).toThrow('a zip archive');
  });
});

describe('npz', () => {
  it('reads what numpy wrote', () => {
    const bytes = Uint8Array.from(atob(WRITTEN_BY_NUMPY), (c) => c.charCodeAt(0));
    const measure = measureFromNpz(bytes);
    expect(measure.kind === 'empirical' && [...measure.particles]).toEqual([1, 2, 3, 4]);
    expect([...measure.weights]).toEqual([0.25, 0.75]);
  });

  it('writes the header that numpy expects: data at a multiple of 64, shape as a tuple', () => {
    const bytes = encodeNpz({ x: { shape: [3], data: Float64Array.of(1, 2, 3) } });
    const start = 30 + 'x.npy'.length;
    const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + 128));
    expect(header.slice(0, 8)).toBe('\x93NUMPY\x01\x00');
    expect(header.slice(10)).toMatch(/^\{'descr': '<f8', 'fortran_order': False, 'shape': \(3,\), \} *\n$/);
    const { x } = decodeNpz(bytes);
    expect([x!.shape, [...x!.data]]).toEqual([[3], [1, 2, 3]]);
  });

  it('says what it needs', () => {
    expect(() => measureFromNpz(encodeNpz({ other: { shape: [1], data: Float64Array.of(1) } }))).toThrow(
      'points or masses',
    );
    const uneven = {
      masses: { shape: [3], data: Float64Array.of(1, 1, 1) },
      axis0: { shape: [3], data: Float64Array.of(0, 1, 3) },
    };
    expect(() => measureFromNpz(encodeNpz(uneven))).toThrow('equally spaced');
    const negative = {
      points: { shape: [1, 1], data: Float64Array.of(1) },
      weights: { shape: [1], data: Float64Array.of(-1) },
    };
    expect(() => measureFromNpz(encodeNpz(negative))).toThrow('weights[0] must be');
  });

  it('has the checksum of the standard: CRC-32 of "123456789" is cbf43926', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
