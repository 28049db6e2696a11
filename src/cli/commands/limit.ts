import type { Command } from 'commander';
import { PHASE_IDS, type PhaseId, phaseFrom } from '../../dropout/phase/phase.ts';
import { readExperiment } from '../../experiment/experiment.ts';
import { type LimitPlan, type LimitResult, planLimit, runLimit, SPACES } from '../../experiment/run/limit.ts';
import { DISTRIBUTION_SCHEME_NAMES } from '../../experiment/run/limit-distribution.ts';
import { SCHEME_NAMES } from '../../experiment/run/limit-scheme.ts';
import {
  type CommonOptions,
  checkCommon,
  deliver,
  required,
  say,
  staysInProcess,
  withCommonOptions,
  withExecutor,
} from '../common.ts';
import type { Io } from '../io.ts';
import { integerOption, numberOption, wordOption } from '../numbers.ts';
import { startProgress } from '../progress.ts';
import { field, observablesText } from '../text.ts';

interface Options extends CommonOptions {
  readonly phase?: PhaseId;
  readonly jumpSize?: number;
  readonly activeCount?: number;
  readonly learningRate?: number;
  readonly keepRate?: number;
  readonly space?: (typeof SPACES)[number];
  readonly particles?: number;
  readonly replicates?: number;
  readonly scheme?: string;
  readonly step?: number;
}

const positive = { above: 0 };

/** Each name once, whichever spaces it is for; the plan says which go together. */
const ALL_SCHEMES = [...new Set([...SCHEME_NAMES, ...DISTRIBUTION_SCHEME_NAMES])];

/** `meanfield limit`: solves the limit of a phase. */
export function limitCommand(program: Command, io: Io): Command {
  const command = program
    .command('limit')
    .summary('solve the limit of a phase')
    .description(
      'Solves the limit of a phase for an experiment file, by clouds of particles or by the evolution of their law, and prints what it predicts at the horizon.',
    )
    .argument('<file>', 'experiment file')
    .option('--phase <id>', `one of ${PHASE_IDS.join(', ')}`, wordOption('--phase', PHASE_IDS))
    .option('--jump-size <alpha>', 'of poisson-jump and penalized-jump', numberOption('--jump-size', positive))
    .option('--active-count <c>', 'of penalized-flow and penalized-jump', numberOption('--active-count', positive))
    .option('--learning-rate <T>', 'of bernoulli-jump', numberOption('--learning-rate', positive))
    .option('--keep-rate <Q>', 'of bernoulli-jump', numberOption('--keep-rate', { above: 0, max: 1 }))
    .option('--space <name>', `${SPACES.join(' or ')} (default path)`, wordOption('--space', SPACES))
    .option(
      '--particles <N>',
      'particles of a cloud (default: by cost, 256 to 4096), or nodes or cells of the law',
      integerOption('--particles', { min: 1 }),
    )
    .option(
      '--replicates <R>',
      'independent clouds (default: by cost, 10 to 32, or 1 if nothing is random; 8 in distribution space)',
      integerOption('--replicates', { min: 1 }),
    )
    .option(
      '--scheme <name>',
      `in path space one of ${SCHEME_NAMES.join(', ')} (default: exact-jumps, or rk4 for flows); in distribution space one of ${DISTRIBUTION_SCHEME_NAMES.join(', ')} (default: by phase)`,
      wordOption('--scheme', ALL_SCHEMES),
    )
    .option('--step <H>', 'mean-field time a step, of schemes that have one', numberOption('--step', positive));
  return withCommonOptions(command, 'also write limit.json into this folder')
    .addHelpText(
      'after',
      '\nWith fixed points each cloud starts from copies of them: the number of particles is rounded up to a multiple.\nErrors come from the spread between clouds; one random cloud has unknown errors: null in JSON.\n\nIn distribution space flows follow quadrature or Sobol nodes of the start, jumps of neurons with one parameter a grid, and other\njumps array-RQMC particles. Errors are then estimates of the whole error, from half the resolution in time and space and\nfrom replicates where numbers are drawn.\n\nExamples:\n  meanfield limit examples/linear-oracle.json --phase poisson-jump --jump-size 0.5\n  meanfield limit examples/linear-oracle.json --phase poisson-jump --jump-size 0.5 --space distribution\n  meanfield limit examples/banknote.json --phase bernoulli-jump --learning-rate 0.1 --keep-rate 0.5 --json',
    )
    .action(async (path: string, options: Options) => {
      const id = required('--phase', options.phase, `one of ${PHASE_IDS.join(', ')}`);
      const { jumpSize, activeCount, learningRate, keepRate } = options;
      const phase = phaseFrom(id, { jumpSize, activeCount, learningRate, keepRate });
      const threads = await checkCommon(io, options);
      const experiment = await readExperiment(path, io);
      const plan = planLimit(experiment, { ...options, phase });
      say(io, options, description(plan, experiment.fixedNeurons));
      if (plan.replicates === 1 && !plan.deterministic)
        say(io, options, 'the errors of a single random cloud are unknown: take --replicates 2 or more for them');
      const progress = startProgress(io, options, 'solving');
      try {
        const result = await withExecutor(threads, staysInProcess(threads, plan.multiplications), (executor) =>
          runLimit(experiment, plan, executor, { signal: io.signal, progress: progress.update }),
        );
        progress.stop();
        await deliver(io, options, 'limit', result, () => text(result, experiment.task.neuron.parameterNames));
      } finally {
        progress.stop();
      }
    });
}

/** What will be done, in a line. */
function description({ particles, replicates, scheme, representation }: LimitPlan, fixed: number | undefined): string {
  if (representation !== undefined) {
    const times = replicates === 1 ? '' : `${replicates} replicates of `;
    return `${times}${representation.kind} with ${particles} ${NOUNS[representation.kind]}, ${scheme.name}`;
  }
  const copies = fixed === undefined ? '' : ` (${particles / fixed} of each point)`;
  return `${replicates} cloud${replicates === 1 ? '' : 's'} of ${particles} particles${copies}, ${scheme.name}`;
}

const NOUNS = { characteristics: 'nodes', grid: 'cells', 'split-and-compress': 'atoms', 'array-rqmc': 'particles' };

function text(result: LimitResult, names: readonly string[]): string {
  return (
    field('time', result.time) +
    field('steps', result.steps) +
    field('particles', result.particles) +
    field('seconds', result.seconds.toPrecision(3)) +
    observablesText(result, names)
  );
}
