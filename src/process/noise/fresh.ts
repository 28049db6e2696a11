import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { ArgumentError } from '../../base/errors.ts';
import { fillNormal } from '../../random/normal.ts';
import { restoreStream, type Stream } from '../../random/stream.ts';
import type { BrownianSource } from './brownian.ts';

/**
 * Brownian paths whose numbers are drawn as they are needed, for steps that follow one another without rejection.
 * Cost: one normal a path and step, no memory.
 */
export function freshBrownian(rng: Stream, paths: number): BrownianSource {
  let stream = rng;
  const fill = (out: Float64Array, variance: number) => {
    fillNormal(stream, out);
    const scale = Math.sqrt(variance);
    for (let i = 0; i < out.length; i++) out[i]! *= scale;
  };
  let reached = Number.NEGATIVE_INFINITY;
  const move = (from: number, to: number): number => {
    if (from < reached || !(to > from)) throw new ArgumentError('from', from, `at least ${reached}, and before ${to}`);
    reached = to;
    return to - from;
  };
  return {
    paths,
    incrementInto(from, to, out) {
      fill(out, move(from, to));
    },
    incrementAndAreaInto(from, to, increment, area) {
      const h = move(from, to);
      fill(increment, h);
      fill(area, h / 12);
    },
    forgetBefore() {},
    save(out: ByteWriter) {
      out.blob(stream.save());
      out.float64(reached);
    },
    load(from: ByteReader) {
      stream = restoreStream(from.blob());
      reached = from.float64();
    },
  };
}
