import { describe, expect, it } from 'vitest';
import { threefry } from '../../../src/process/noise/threefry.ts';

const hex = (words: Int32Array) => Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');
const words = (text: string) => Int32Array.from(text.split(' '), (word) => Number.parseInt(word, 16) | 0);

describe('threefry', () => {
  // The known answers of threefry4x32 with 20 rounds that come with the Random123 library (file kat_vectors).
  it.each([
    [
      '00000000 00000000 00000000 00000000',
      '00000000 00000000 00000000 00000000',
      '9c6ca96a e17eae66 fc10ecd4 5256a7d8',
    ],
    [
      'ffffffff ffffffff ffffffff ffffffff',
      'ffffffff ffffffff ffffffff ffffffff',
      '2a881696 57012287 f6c7446e a16a6732',
    ],
    [
      '243f6a88 85a308d3 13198a2e 03707344',
      'a4093822 299f31d0 082efa98 ec4e6c89',
      '59cd1dbb b8879579 86b5d00c ac8b6d84',
    ],
  ])('counter %s', (counter, key, answer) => {
    const out = new Int32Array(4);
    threefry(words(key), words(counter), out);
    expect(hex(out)).toBe(answer);
  });
});
