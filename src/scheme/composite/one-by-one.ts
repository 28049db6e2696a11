import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import type { BrownianSource } from '../../process/noise/brownian.ts';
import { overCloud } from '../../process/over-cloud.ts';
import type { Stepper, SteppingProblem } from '../scheme.ts';

/** Whether particles don't see each other, so that each can be followed from jump to jump alone. */
export function areIndependent({ process, everyEvent, clocks, brownianFor }: SteppingProblem): boolean {
  return (
    process.count > 1 &&
    process.statisticSize === 0 &&
    (process.noises === 0 || brownianFor !== undefined) &&
    !process.jumps.some((jump) => jump.partners) &&
    !everyEvent &&
    !clocks
  );
}

/**
 * Follows independent particles one after the other over the whole interval, so that a jump of one doesn't cut the steps of the
 * others: O(1) an event instead of O(N). What is left of a waiting time at the end is drawn anew, since waiting has no memory.
 */
export function oneByOne(problem: SteppingProblem, start: (single: SteppingProblem) => Stepper): Stepper {
  const { process, cloud } = problem;
  const p = process.dimension;
  const row = new Float64Array(p);
  row.set(cloud.subarray(0, p));
  const paths = new ReplaceableSource(problem.brownian);
  const stepper = start({ ...problem, process: overCloud(process.process, 1), cloud: row, brownian: paths });
  let time = problem.time;
  // Numbers the intervals, so that each particle has new Brownian numbers in each.
  let interval = 0;
  let counters = {};
  return {
    get time() {
      return time;
    },
    get counters() {
      return counters;
    },
    repeatable: false,
    step(limit) {
      for (let i = 0; i < process.count; i++) {
        row.set(cloud.subarray(i * p, (i + 1) * p));
        if (process.noises > 0) paths.source = problem.brownianFor!(process.noises, i, interval);
        stepper.reset(time);
        while (stepper.time < limit) {
          stepper.step(limit);
          if (process.noises > 0) paths.forgetBefore(stepper.time);
        }
        cloud.set(row, i * p);
      }
      time = limit;
      interval++;
      counters = { ...stepper.counters };
    },
    reset(to) {
      time = to;
    },
    mark() {},
    rewind() {},
    save(out: ByteWriter) {
      out.float64(time);
      out.float64(interval);
      stepper.save(out);
    },
    load(from: ByteReader) {
      time = from.float64();
      interval = from.float64();
      stepper.load(from);
      counters = { ...stepper.counters };
    },
  };
}

/** A Brownian source that stands for another one, particle after particle. */
class ReplaceableSource implements BrownianSource {
  constructor(public source: BrownianSource) {}

  get paths(): number {
    return this.source.paths;
  }

  incrementInto(from: number, to: number, out: Float64Array): void {
    this.source.incrementInto(from, to, out);
  }

  incrementAndAreaInto(from: number, to: number, increment: Float64Array, area: Float64Array): void {
    this.source.incrementAndAreaInto(from, to, increment, area);
  }

  forgetBefore(time: number): void {
    this.source.forgetBefore(time);
  }

  // Every interval starts with a new source: there is nothing to keep.
  save(): void {}
  load(): void {}
}
