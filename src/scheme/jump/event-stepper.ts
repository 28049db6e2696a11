import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { exponential } from '../../random/exponential.ts';
import { restoreStream, type Stream } from '../../random/stream.ts';
import type { Stepper, SteppingProblem } from '../scheme.ts';

/** Who jumps next: the part of an exact scheme that differs with the kinds of rates. */
export interface EventEngine {
  /** Time of the next candidate after `time`, Infinity if there is none; asked once a candidate. */
  timeOfNext(time: number, rng: Stream): number;
  /** When bounds must be renewed; Infinity if never. */
  readonly expiry: number;
  /** The cloud was changed from outside, or bounds expired. */
  rebuild(time: number): void;
  /** The cloud flowed since the last event: renew what is read from it, but not the rates candidates come at. */
  synchronize(): void;
  /** Draws a candidate at `time` and moves its particle; false if it was thinned away. */
  fire(time: number, rng: Stream): boolean;
  /** Makes jumps that were drawn but not made, if the engine puts them off: the cloud will be looked at. */
  flush?(): void;
  mark(): void;
  rewind(): void;
  save(out: ByteWriter): void;
  load(from: ByteReader): void;
}

/** Events before `step` returns, when nobody watches single ones: keeps the loop's cost per event negligible. */
const BATCH = 1024;

/** Exponential waiting time at a total rate. */
export function afterWaiting(time: number, total: number, rng: Stream): number {
  return total > 0 ? time + exponential(rng) / total : Number.POSITIVE_INFINITY;
}

/**
 * Next-event simulation. The next candidate's time is kept when a limit comes first, so that limits (save times, event roots)
 * don't change the path.
 */
export class EventStepper implements Stepper {
  time: number;
  readonly counters = { events: 0, candidates: 0 };
  readonly repeatable = true;
  private rng: Stream;
  /** time of the next candidate; NaN when it has to be drawn */
  private next = Number.NaN;
  private marked:
    | { cloud: Float64Array; time: number; next: number; rng: Stream; events: number; candidates: number }
    | undefined;

  constructor(
    private readonly problem: SteppingProblem,
    private readonly engine: EventEngine,
  ) {
    this.time = problem.time;
    this.rng = problem.rng.clone();
    engine.rebuild(this.time);
  }

  step(limit: number): void {
    this.advance(limit);
    this.engine.flush?.();
  }

  private advance(limit: number): void {
    const { engine, counters, rng } = this;
    const batch = this.problem.everyEvent ? 1 : BATCH;
    for (let made = 0; made < batch; ) {
      if (Number.isNaN(this.next)) this.next = engine.timeOfNext(this.time, rng);
      const { expiry } = engine;
      if (Math.min(this.next, expiry) > limit) {
        this.time = limit;
        return;
      }
      if (this.next > expiry) {
        this.time = expiry;
        engine.rebuild(expiry);
      } else {
        this.time = this.next;
        counters.candidates++;
        if (engine.fire(this.time, rng)) {
          counters.events++;
          made++;
        }
      }
      this.next = Number.NaN;
    }
  }

  reset(time: number): void {
    this.time = time;
    this.next = Number.NaN;
    this.engine.rebuild(time);
  }

  mark(): void {
    const { time, next } = this;
    const cloud = this.marked?.cloud ?? new Float64Array(this.problem.cloud.length);
    cloud.set(this.problem.cloud);
    this.marked = { cloud, time, next, rng: this.rng.clone(), ...this.counters };
    this.engine.mark();
  }

  rewind(): void {
    const { cloud, time, next, rng, events, candidates } = this.marked!;
    this.problem.cloud.set(cloud);
    this.time = time;
    this.next = next;
    this.rng = rng.clone();
    Object.assign(this.counters, { events, candidates });
    this.engine.rewind();
  }

  save(out: ByteWriter): void {
    out.float64(this.time);
    out.float64(this.next);
    out.float64(this.counters.events);
    out.float64(this.counters.candidates);
    out.blob(this.rng.save());
    this.engine.save(out);
  }

  load(from: ByteReader): void {
    this.time = from.float64();
    this.next = from.float64();
    this.counters.events = from.float64();
    this.counters.candidates = from.float64();
    this.rng = restoreStream(from.blob());
    this.engine.load(from);
  }
}
