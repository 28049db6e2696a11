import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { StepFailure } from '../../process/failure.ts';
import type { Scheme, SchemeInfo, Stepper, SteppingProblem } from '../scheme.ts';
import { LeapDraws } from './leap-draws.ts';
import { move } from './tau-leap.ts';

const info: SchemeInfo = {
  name: 'adaptive-tau-leap',
  problems: ['jump'],
  steps: 'adaptive',
  deterministicOrder: null,
  strongOrder: null,
  weakOrder: null,
  meanField: 'frozen over a step',
  cost: '1 statistic, 1 rate and 1 Poisson number per jump and particle, and as many per rejected step',
  whenToChoose: 'Populations (counts ≥ 0, displacements) whose rates change by orders of magnitude during a run.',
  source: 'Y. Cao, D. T. Gillespie, L. R. Petzold, J. Chem. Phys. 124 (2006) 044109',
};

/**
 * Explicit leap whose step keeps the expected relative change of every population below `tolerance`: with μ = Σν_k λ_k and
 * σ² = Σν_k² λ_k of a coordinate x, h = min over coordinates of max(εx, 1)/|μ| and max(εx, 1)²/σ². A leap that would make a population negative
 * is drawn again at half the step. For one path, or a few: the step is that of the most demanding particle.
 *
 * @param options.tolerance - ε in (0, 1). Default 0.03. The bias is of its order.
 */
export function adaptiveTauLeap(options: { readonly tolerance?: number } = {}): Scheme {
  const tolerance = checkNumber('tolerance', options.tolerance ?? 0.03, { above: 0, below: 1 });
  return {
    info,
    refuses: ({ jumps }) =>
      jumps?.some(({ change }) => change.kind !== 'displacement')
        ? 'adaptive-tau-leap takes displacements of populations'
        : undefined,
    start(problem) {
      if (problem.clocks)
        throw new ArgumentError('noise', 'common', 'fresh for adaptive-tau-leap, which draws rejected leaps again');
      return new AdaptiveTauLeap(problem, tolerance);
    },
  };
}

class AdaptiveTauLeap implements Stepper {
  time: number;
  readonly counters = { steps: 0, rejected: 0 };
  readonly repeatable = false;
  private readonly draws: LeapDraws;
  private readonly s: Float64Array;
  private readonly rates: readonly Float64Array[];
  private readonly start: Float64Array;

  constructor(
    private readonly problem: SteppingProblem,
    private readonly tolerance: number,
  ) {
    const { process, cloud, time } = problem;
    this.time = time;
    this.draws = new LeapDraws(problem);
    this.s = new Float64Array(process.statisticSize);
    this.rates = process.jumps.map(() => new Float64Array(process.count));
    this.start = new Float64Array(cloud.length);
  }

  step(limit: number): void {
    const { process, cloud } = this.problem;
    const { time } = this;
    process.statisticInto(cloud, this.s);
    for (const jump of process.jumps) jump.ratesInto(cloud, this.s, time, this.rates[jump.index]!);
    this.start.set(cloud);
    let h = Math.min(this.longestStep(), limit - time);
    while (!this.leap(h)) {
      cloud.set(this.start);
      this.counters.rejected++;
      h /= 2;
      if (time + h <= time) throw new StepFailure('stepTooSmall', time, 'every leap makes a population negative');
    }
    this.time = h >= limit - time ? limit : time + h;
    this.counters.steps++;
  }

  private leap(h: number): boolean {
    const { process, cloud } = this.problem;
    for (const { index, displacement } of process.jumps) {
      const rates = this.rates[index]!;
      for (let i = 0; i < process.count; i++) {
        const number = rates[i]! > 0 ? this.draws.firings(i, index, rates[i]! * h, this.time) : 0;
        if (number > 0) move(cloud, i, number, displacement!);
      }
    }
    for (let k = 0; k < cloud.length; k++) if (cloud[k]! < 0 && this.start[k]! >= 0) return false;
    return true;
  }

  private longestStep(): number {
    const { jumps, count, dimension: p } = this.problem.process;
    let longest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++)
      for (let j = 0; j < p; j++) {
        let mean = 0;
        let variance = 0;
        for (const { index, displacement } of jumps) {
          const by = displacement![j]!;
          if (by === 0) continue;
          mean += by * this.rates[index]![i]!;
          variance += by * by * this.rates[index]![i]!;
        }
        const change = Math.max(this.tolerance * Math.abs(this.start[i * p + j]!), 1);
        if (variance > 0) longest = Math.min(longest, change / Math.abs(mean), (change * change) / variance);
      }
    return longest;
  }

  reset(time: number): void {
    this.time = time;
  }

  // Not repeatable: solve never asks for these.
  mark(): void {}
  rewind(): void {}

  save(out: ByteWriter): void {
    for (const value of [this.time, this.counters.steps, this.counters.rejected]) out.float64(value);
    this.draws.save(out);
  }

  load(from: ByteReader): void {
    this.time = from.float64();
    this.counters.steps = from.float64();
    this.counters.rejected = from.float64();
    this.draws.load(from);
  }
}
