import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { StepFailure } from '../../process/failure.ts';
import { poisson } from '../../random/poisson.ts';
import { restoreStream } from '../../random/stream.ts';
import type { SteppingProblem } from '../scheme.ts';
import { jumpContext, type MutableJumpContext } from './context.ts';
import { addClockRings, addConstantRings } from './ring-draw.ts';
import { RingList } from './ring-list.ts';

/** What leaping schemes share: their stream, the context of jump maps, the cloud partners are drawn from. */
export class LeapDraws {
  readonly context: MutableJumpContext;
  /** Whether some jump has partners: then they come from a copy of the cloud, which the leap does not change. */
  private readonly partners: Float64Array | undefined;

  constructor(private readonly problem: SteppingProblem) {
    const { process, cloud, rng } = problem;
    this.context = jumpContext(rng.clone(), cloud, process);
    if (process.jumps.some((jump) => jump.partners)) {
      this.partners = new Float64Array(cloud.length);
      this.context.cloud = this.partners;
    }
  }

  /** From now on partners are drawn from the cloud as it is at this moment. */
  freezePartners(): void {
    this.partners?.set(this.problem.cloud);
  }

  /** Fills `rings` with those of the constant-rate jumps in (from, to], from the clocks if there are any. */
  constantRings(from: number, to: number, rings: RingList): void {
    const { process, clocks, time } = this.problem;
    rings.clear();
    if (clocks) addClockRings(process, clocks, from - time, to - time, rings);
    else addConstantRings(process, to - from, this.context.rng, rings);
  }

  /** A Poisson number of firings; a mean beyond 2⁵⁰ means that the state has blown up. */
  firings(mean: number, time: number): number {
    if (mean > 2 ** 50)
      throw new StepFailure('diverged', time, `a leap would make ${mean} jumps; the rates have blown up`);
    return poisson(this.context.rng, mean);
  }

  newRings(): RingList {
    return new RingList(this.problem.process);
  }

  save(out: ByteWriter): void {
    out.blob(this.context.rng.save());
  }

  load(from: ByteReader): void {
    this.context.rng = restoreStream(from.blob());
  }
}
