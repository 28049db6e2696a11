import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { ArgumentError } from '../../base/errors.ts';
import { fillNormal } from '../../random/normal.ts';
import { restoreStream, type Stream } from '../../random/stream.ts';
import { cut } from './bridge.ts';
import type { BrownianSource } from './brownian.ts';

/**
 * Brownian paths whose numbers are drawn as they are needed: fast, and right under rejected steps, rewinds and root-finding.
 *
 * What was drawn is kept as a list of pieces until it is forgotten; an interval that ends inside a piece cuts it by a Brownian bridge,
 * so that nothing that was seen is drawn anew (C. Rackauckas, Q. Nie, Discrete Contin. Dyn. Syst. B 22 (2017) 2731–2761, call
 * this rejection sampling with memory). The numbers depend on the order of questions: `brownianTree` doesn't have that.
 *
 * Cost: one normal a path and step (two with areas), O(1) when steps follow one another; memory for the pieces not forgotten.
 */
export function freshBrownian(rng: Stream, paths: number): BrownianSource {
  return new FreshBrownian(rng, paths);
}

/** What is known over one interval. Without an area only the increment was drawn so far. */
interface Piece {
  from: number;
  to: number;
  increment: Float64Array;
  area: Float64Array | undefined;
}

class FreshBrownian implements BrownianSource {
  private stream: Stream;
  /** in order of time, without overlap */
  private pieces: Piece[] = [];
  private readonly spare: Float64Array[] = [];
  private forgotten = Number.NEGATIVE_INFINITY;

  constructor(
    rng: Stream,
    readonly paths: number,
  ) {
    this.stream = rng.clone();
  }

  incrementInto(from: number, to: number, out: Float64Array): void {
    const [first, end] = this.cover(from, to, false);
    out.set(this.pieces[first]!.increment);
    for (let k = first + 1; k < end; k++) {
      const { increment } = this.pieces[k]!;
      for (let i = 0; i < out.length; i++) out[i]! += increment[i]!;
    }
  }

  incrementAndAreaInto(from: number, to: number, increment: Float64Array, area: Float64Array): void {
    const [first, end] = this.cover(from, to, true);
    for (let k = first; k < end; k++) this.complete(this.pieces[k]!);
    const start = this.pieces[first]!;
    increment.set(start.increment);
    area.set(start.area!);
    // Joins the pieces one after the other: θ is the part of the time that is done.
    for (let k = first + 1; k < end; k++) {
      const piece = this.pieces[k]!;
      const theta = (piece.from - from) / (piece.to - from);
      const phi = 1 - theta;
      for (let i = 0; i < increment.length; i++) {
        const w = piece.increment[i]!;
        area[i] = 0.5 * (phi * increment[i]! - theta * w) + theta * area[i]! + phi * piece.area![i]!;
        increment[i]! += w;
      }
    }
  }

  forgetBefore(time: number): void {
    this.forgotten = Math.max(this.forgotten, time);
    let old = 0;
    while (old < this.pieces.length && this.pieces[old]!.to <= time) old++;
    if (old === 0) return;
    for (const { increment, area } of this.pieces.splice(0, old)) {
      this.spare.push(increment);
      if (area) this.spare.push(area);
    }
  }

  save(out: ByteWriter): void {
    out.blob(this.stream.save());
    out.float64(this.forgotten);
    out.uint32(this.pieces.length);
    for (const { from, to, increment, area } of this.pieces) {
      out.float64(from);
      out.float64(to);
      out.float64s(increment);
      out.float64s(area ?? new Float64Array(0));
    }
  }

  load(from: ByteReader): void {
    this.stream = restoreStream(from.blob());
    this.forgotten = from.float64();
    this.pieces = Array.from({ length: from.uint32() }, () => {
      const piece = { from: from.float64(), to: from.float64(), increment: from.float64s() };
      const area = from.float64s();
      return { ...piece, area: area.length > 0 ? area : undefined };
    });
  }

  /** Makes pieces begin and end at `from` and `to` and fill what lies between; returns their range. */
  private cover(from: number, to: number, withArea: boolean): [first: number, end: number] {
    if (!(from >= this.forgotten))
      throw new ArgumentError('from', from, `at least ${this.forgotten}, the rest is forgotten`);
    if (!(to > from && to < Number.POSITIVE_INFINITY)) throw new ArgumentError('to', to, `a time after ${from}`);
    const { pieces } = this;
    let k = pieces.length;
    while (k > 0 && pieces[k - 1]!.to > from) k--;
    if (k < pieces.length && pieces[k]!.from < from) this.cutPiece(k++, from);
    const first = k;
    for (let time = from; time < to; time = pieces[k++]!.to) {
      const next = pieces[k];
      if (next === undefined || next.from > time)
        pieces.splice(k, 0, this.draw(time, next === undefined ? to : Math.min(to, next.from), withArea));
      else if (next.to > to) this.cutPiece(k, to);
    }
    return [first, k];
  }

  private draw(from: number, to: number, withArea: boolean): Piece {
    const piece: Piece = { from, to, increment: this.normals(to - from), area: undefined };
    if (withArea) this.complete(piece);
    return piece;
  }

  /** The area is independent of the increment: it may be drawn later. */
  private complete(piece: Piece): void {
    piece.area ??= this.normals((piece.to - piece.from) / 12);
  }

  private normals(variance: number): Float64Array {
    const out = this.spare.pop() ?? new Float64Array(this.paths);
    fillNormal(this.stream, out);
    const scale = Math.sqrt(variance);
    for (let i = 0; i < out.length; i++) out[i]! *= scale;
    return out;
  }

  /** Replaces piece k by its parts before and after `at`. */
  private cutPiece(k: number, at: number): void {
    const { from, to, increment, area } = this.pieces[k]!;
    const h = to - from;
    const theta = (at - from) / h;
    if (area === undefined) {
      const left = this.normals(theta * (1 - theta) * h);
      for (let i = 0; i < left.length; i++) {
        left[i]! += theta * increment[i]!;
        increment[i]! -= left[i]!;
      }
      this.pieces.splice(k, 1, { from, to: at, increment: left, area }, { from: at, to, increment, area });
      return;
    }
    const left: Piece = { from, to: at, increment: new Float64Array(this.paths), area: new Float64Array(this.paths) };
    const z = new Float64Array(4);
    const [whole, one, two] = [0, 0, 0].map(() => ({ increment: 0, area: 0 }));
    for (let i = 0; i < increment.length; i++) {
      fillNormal(this.stream, z);
      whole!.increment = increment[i]!;
      whole!.area = area[i]!;
      cut(h, theta, whole!, z, one!, two!);
      left.increment[i] = one!.increment;
      left.area![i] = one!.area;
      increment[i] = two!.increment;
      area[i] = two!.area;
    }
    this.pieces.splice(k, 1, left, { from: at, to, increment, area });
  }
}
