import { describe, expect, it } from 'vitest';
import { restoreStream, stream } from '../../src/random/index.ts';
import { drawables } from './laws-table.ts';

describe.each(drawables)('$name', ({ draw }) => {
  it('goes on after save and restore as if nothing had happened, wherever it is cut', () => {
    for (let cut = 0; cut < 20; cut++) {
      const rng = stream(61);
      for (let i = 0; i < cut; i++) draw(rng);
      const back = restoreStream(rng.save());
      for (let i = 0; i < 20; i++) expect(draw(back)).toEqual(draw(rng));
      expect(back.save()).toEqual(rng.save());
    }
  });

  it('does not depend on what other streams draw in between', () => {
    const rng = stream(62);
    const alone = Array.from({ length: 10 }, () => draw(rng));
    const again = stream(62);
    const other = stream(63);
    const mixed = Array.from({ length: 10 }, () => {
      for (const { draw: otherDraw } of drawables) otherDraw(other);
      return draw(again);
    });
    expect(mixed).toEqual(alone);
  });
});
