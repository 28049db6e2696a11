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
  /** internal times ∫λ dt by jump and particle, for given clocks only */
  private readonly internal: readonly Float64Array[];

  constructor(private readonly problem: SteppingProblem) {
    const { process, cloud, rng } = problem;
    this.context = jumpContext(rng.clone(), cloud, process);
    this.internal = problem.clocks ? process.jumps.map(() => new Float64Array(process.count)) : [];
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

  /**
   * How often jump k of particle i fires while its hazard grows by `mean`: a Poisson number, or what its clock says for that
   * piece of internal time. A mean beyond 2⁵⁰ means that the state has blown up.
   */
  firings(i: number, k: number, mean: number, time: number): number {
    if (mean > 2 ** 50)
      throw new StepFailure('diverged', time, `a leap would make ${mean} jumps; the rates have blown up`);
    const { clocks } = this.problem;
    if (!clocks) return poisson(this.context.rng, mean);
    const from = this.internal[k]![i]!;
    this.internal[k]![i] = from + mean;
    return clocks.countBetween(i, k, from, from + mean);
  }

  newRings(): RingList {
    return new RingList(this.problem.process);
  }

  save(out: ByteWriter): void {
    out.blob(this.context.rng.save());
    for (const times of this.internal) out.float64s(times);
  }

  load(from: ByteReader): void {
    this.context.rng = restoreStream(from.blob());
    for (const times of this.internal) from.float64sInto(times);
  }
}
