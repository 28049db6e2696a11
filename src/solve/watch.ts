import type { ByteReader, ByteWriter } from '../base/bytes.ts';
import { bracketedRoot } from '../base/root.ts';
import type { Stepper } from '../scheme/scheme.ts';
import type { EventAction, SolveEvent } from './event.ts';
import type { Moment } from './snapshot.ts';

/** Watches events during a run: which have crossed zero in the last step, where, and what follows. */
export class Watch {
  private readonly signs: Int32Array;

  constructor(
    private readonly events: readonly SolveEvent[],
    private readonly moment: Moment,
    private readonly stepper: Stepper,
    private readonly length: number,
  ) {
    this.signs = new Int32Array(events.length);
  }

  /** Takes the signs of this moment as the ones to start from. */
  arm(): void {
    this.events.forEach((_, k) => {
      this.signs[k] = Math.sign(this.value(k));
    });
  }

  /** One step, or part of it if an event falls into it; returns the event that ended the run, if one did. */
  step(limit: number): SolveEvent | undefined {
    const { stepper } = this;
    const from = stepper.time;
    if (stepper.repeatable) stepper.mark();
    stepper.step(limit);
    const crossed = this.crossed();
    if (crossed.length === 0) {
      this.updateSigns();
      return undefined;
    }
    if (stepper.repeatable) this.stepToFirst(crossed, from);
    const happened = this.crossed();
    this.updateSigns();
    let action: EventAction = 'continue';
    let last: SolveEvent | undefined;
    for (const k of happened) {
      last = this.events[k]!;
      action = last.effect ? last.effect(this.moment.moveTo(stepper.time)) : 'terminate';
      stepper.reset(stepper.time);
      if (action === 'terminate') return last;
    }
    this.arm();
    return undefined;
  }

  save(out: ByteWriter): void {
    out.int32s(this.signs);
  }

  load(from: ByteReader): void {
    from.int32sInto(this.signs);
  }

  private value(k: number): number {
    return this.events[k]!.when(this.moment.moveTo(this.stepper.time));
  }

  private crossed(): number[] {
    return this.events.flatMap((_, k) => (this.hasCrossed(k, this.value(k)) ? [k] : []));
  }

  private hasCrossed(k: number, value: number): boolean {
    const before = this.signs[k]!;
    const now = Math.sign(value);
    if (before === 0 || now === before) return false;
    const { direction = 'either' } = this.events[k]!;
    return direction === 'either' || (direction === 'rising') === before < 0;
  }

  private updateSigns(): void {
    this.events.forEach((_, k) => {
      this.signs[k] = Math.sign(this.value(k));
    });
  }

  /** Rewinds, and steps to just after the first of the crossings. */
  private stepToFirst(crossed: readonly number[], from: number): void {
    let to = this.stepper.time;
    for (const k of crossed) {
      const tolerance = this.events[k]!.tolerance ?? 1e-10 * this.length;
      const valueAt = (time: number) => {
        this.stepAgain(time);
        return this.value(k);
      };
      const atEnd = valueAt(to);
      if (!this.hasCrossed(k, atEnd)) continue;
      this.stepper.rewind();
      to = bracketedRoot(valueAt, from, this.value(k), to, atEnd, tolerance);
    }
    this.stepAgain(to);
  }

  private stepAgain(time: number): void {
    this.stepper.rewind();
    while (this.stepper.time < time) this.stepper.step(time);
  }
}
