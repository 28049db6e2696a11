import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { overCloud } from '../../process/over-cloud.ts';
import type { Stepper, SteppingProblem } from '../scheme.ts';
import { runTo } from './parts.ts';

/** Whether particles don't see each other, so that each can be followed from jump to jump alone. */
export function areIndependent({ process, everyEvent, clocks }: SteppingProblem): boolean {
  return (
    process.count > 1 &&
    process.statisticSize === 0 &&
    process.noises === 0 &&
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
  const stepper = start({ ...problem, process: overCloud(process.process, 1), cloud: row });
  let time = problem.time;
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
        stepper.reset(time);
        runTo(stepper, limit);
        cloud.set(row, i * p);
      }
      time = limit;
      counters = { ...stepper.counters };
    },
    reset(to) {
      time = to;
    },
    mark() {},
    rewind() {},
    save(out: ByteWriter) {
      out.float64(time);
      stepper.save(out);
    },
    load(from: ByteReader) {
      time = from.float64();
      stepper.load(from);
    },
  };
}
