import type { ByteReader, ByteWriter, Checkpointable } from '../../base/bytes.ts';
import { overCloud } from '../../process/over-cloud.ts';
import type { Scheme, Stepper, SteppingProblem } from '../scheme.ts';
import { copyIn, copyOut, isIntegrated, totalRatesInto, withHazard } from './hazard.ts';
import { withoutJumps } from './parts.ts';

/** What happens between jumps: the continuous part of a process, with the hazard ∫Σλ dt of its integrated rates. */
export interface Flow extends Checkpointable {
  readonly time: number;
  /** Whether there are integrated rates at all. */
  readonly hazardous: boolean;
  /** Hazard of the whole cloud since the last reset. */
  readonly hazard: number;
  step(limit: number): void;
  /** The cloud was changed: start again from it, with hazard 0. */
  reset(time: number): void;
  mark(): void;
  rewind(): void;
}

/** The flow of a problem by a continuous scheme: the hazard is a coordinate of an ODE, and a trapezoidal sum along an SDE. */
export function flowOf(problem: SteppingProblem, continuous: Scheme): Flow {
  const { process, count } = problem.process;
  const hazardous = process.jumps?.some(({ rate }) => isIntegrated(rate.kind)) ?? false;
  if (hazardous && !process.diffusion) return new AugmentedFlow(problem, continuous);
  const plain = { ...problem, process: overCloud(withoutJumps(process), count), everyEvent: false };
  return new SampledFlow(problem, continuous.start(plain), hazardous);
}

class SampledFlow implements Flow {
  hazard = 0;
  private rate = Number.NaN;
  private marked = { hazard: 0, rate: 0 };
  private readonly s: Float64Array;
  private readonly rates: Float64Array;
  private readonly scratch: Float64Array;

  constructor(
    private readonly problem: SteppingProblem,
    private readonly stepper: Stepper,
    readonly hazardous: boolean,
  ) {
    const { count, statisticSize } = problem.process;
    this.s = new Float64Array(statisticSize);
    this.rates = new Float64Array(hazardous ? count : 0);
    this.scratch = new Float64Array(hazardous ? count : 0);
  }

  get time(): number {
    return this.stepper.time;
  }

  step(limit: number): void {
    const from = this.time;
    if (this.hazardous && Number.isNaN(this.rate)) this.rate = this.totalRate();
    this.stepper.step(limit);
    if (!this.hazardous) return;
    const before = this.rate;
    this.rate = this.totalRate();
    this.hazard += ((this.time - from) * (before + this.rate)) / 2;
  }

  private totalRate(): number {
    const { process, cloud } = this.problem;
    process.statisticInto(cloud, this.s);
    const jumps = process.jumps.filter(({ rate }) => isIntegrated(rate.kind));
    totalRatesInto(jumps, cloud, this.s, this.time, this.scratch, this.rates);
    let total = 0;
    for (let i = 0; i < this.rates.length; i++) total += this.rates[i]!;
    return total;
  }

  reset(time: number): void {
    this.hazard = 0;
    this.rate = Number.NaN;
    this.stepper.reset(time);
  }

  mark(): void {
    this.marked = { hazard: this.hazard, rate: this.rate };
    this.stepper.mark();
  }

  rewind(): void {
    Object.assign(this, this.marked);
    this.stepper.rewind();
  }

  save(out: ByteWriter): void {
    out.float64(this.hazard);
    out.float64(this.rate);
    this.stepper.save(out);
  }

  load(from: ByteReader): void {
    this.hazard = from.float64();
    this.rate = from.float64();
    this.stepper.load(from);
  }
}

class AugmentedFlow implements Flow {
  readonly hazardous = true;
  private readonly stepper: Stepper;
  private readonly wide: Float64Array;
  private readonly p: number;

  constructor(
    private readonly problem: SteppingProblem,
    continuous: Scheme,
  ) {
    const { process, count, dimension } = problem.process;
    this.p = dimension;
    this.wide = new Float64Array(count * (dimension + 1));
    copyIn(problem.cloud, this.wide, dimension);
    const augmented = overCloud(withHazard(process), count);
    this.stepper = continuous.start({ ...problem, process: augmented, cloud: this.wide, everyEvent: false });
  }

  get time(): number {
    return this.stepper.time;
  }

  get hazard(): number {
    let sum = 0;
    for (let k = this.p; k < this.wide.length; k += this.p + 1) sum += this.wide[k]!;
    return sum;
  }

  step(limit: number): void {
    this.stepper.step(limit);
    copyOut(this.wide, this.problem.cloud, this.p);
  }

  reset(time: number): void {
    copyIn(this.problem.cloud, this.wide, this.p);
    this.stepper.reset(time);
  }

  mark(): void {
    this.stepper.mark();
  }

  rewind(): void {
    this.stepper.rewind();
    copyOut(this.wide, this.problem.cloud, this.p);
  }

  save(out: ByteWriter): void {
    out.float64s(this.wide);
    this.stepper.save(out);
  }

  load(from: ByteReader): void {
    from.float64sInto(this.wide);
    this.stepper.load(from);
  }
}
