import { overCloud } from '../../process/over-cloud.ts';
import type { MeanFieldProcess } from '../../process/process.ts';
import { fixedStep } from '../fixed-step.ts';
import { refusal } from '../refusal.ts';
import type { Order, Scheme, SchemeInfo, SteppingProblem } from '../scheme.ts';
import { lowestOrder, onlyJumps, runTo, withoutJumps } from './parts.ts';

/** The schemes of the two parts, and the step at which they take turns. */
export interface SplittingOptions {
  /** h, mean-field time */
  readonly step: number;
  /** For drift and diffusion, e.g. `dormandPrince()` or `eulerMaruyama({ step })`; its own step may be shorter. */
  readonly continuous: Scheme;
  /** For the jumps, e.g. `exactJumps()`. */
  readonly jumps: Scheme;
}

/** What a splitting says about itself, given its parts. */
export function splittingInfo(
  { continuous, jumps }: SplittingOptions,
  own: Pick<SchemeInfo, 'name' | 'cost' | 'whenToChoose' | 'source'> & { readonly order: number },
): SchemeInfo {
  const { calculus, noise, problems } = continuous.info;
  const continuousOrder: Order = problems.includes('sde')
    ? continuous.info.weakOrder
    : continuous.info.deterministicOrder;
  return {
    name: `${own.name}(${continuous.info.name}, ${jumps.info.name})`,
    problems: [
      ...(problems.includes('ode') ? (['piecewise-deterministic'] as const) : []),
      ...(problems.includes('sde') ? (['jump-diffusion'] as const) : []),
    ],
    ...(calculus && { calculus }),
    ...(noise && { noise }),
    steps: 'fixed',
    deterministicOrder: null,
    strongOrder: null,
    weakOrder: lowestOrder(own.order, continuousOrder, jumps.info.weakOrder),
    meanField: 'as its parts',
    cost: own.cost,
    whenToChoose: own.whenToChoose,
    source: own.source,
  };
}

/** Makes a splitting from the order in which its two parts are run over a step. */
export function splitting(
  info: SchemeInfo,
  options: SplittingOptions,
  turns: (from: number, to: number, flow: (from: number, to: number) => void, jump: () => void) => void,
): Scheme {
  const refuses = (process: MeanFieldProcess) =>
    refusal(options.continuous, withoutJumps(process)) ?? refusal(options.jumps, onlyJumps(process));
  return fixedStep(info, options, (problem) => startParts(problem, options, turns), refuses);
}

function startParts(problem: SteppingProblem, options: SplittingOptions, turns: Parameters<typeof splitting>[2]) {
  const { process, count } = problem.process;
  const part = (name: string, of: MeanFieldProcess) => ({
    ...problem,
    process: overCloud(of, count),
    rng: problem.rng.split(name),
    everyEvent: false,
  });
  const continuous = options.continuous.start(part('continuous', withoutJumps(process)));
  const jumps = options.jumps.start(part('jumps', onlyJumps(process)));
  return {
    repeatable: false,
    advance(from: number, to: number) {
      const flow = (start: number, end: number) => {
        continuous.reset(start);
        runTo(continuous, end);
      };
      const jump = () => {
        jumps.reset(from);
        runTo(jumps, to);
      };
      turns(from, to, flow, jump);
    },
    save(out: Parameters<typeof jumps.save>[0]) {
      continuous.save(out);
      jumps.save(out);
    },
    load(from: Parameters<typeof jumps.load>[0]) {
      continuous.load(from);
      jumps.load(from);
    },
  };
}
