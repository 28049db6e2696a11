import type { Command } from 'commander';
import { VARIANTS, type Variant } from '../../dropout/variant.ts';
import type { Executor } from '../../experiment/executor/executor.ts';
import { readExperiment } from '../../experiment/experiment.ts';
import { planSimulation, simulate } from '../../experiment/run/simulate.ts';
import {
  type CommonOptions,
  checkCommon,
  deliver,
  required,
  say,
  sharesRuns,
  staysInProcess,
  withCommonOptions,
  withExecutor,
  withTeam,
} from '../common.ts';
import type { Io } from '../io.ts';
import { integerOption, numberOption, wordOption } from '../numbers.ts';
import { startProgress } from '../progress.ts';
import { field, observablesText } from '../text.ts';

interface Options extends CommonOptions {
  readonly width?: number;
  readonly learningRate?: number;
  readonly keepRate?: number;
  readonly variant?: Variant;
  readonly batchSize?: number;
  readonly replicates?: number;
}

/** `meanfield simulate`: trains replicates of one finite network. */
export function simulateCommand(program: Command, io: Io): Command {
  const command = program
    .command('simulate')
    .summary('train finite networks')
    .description(
      'Trains independent replicates of a network of an experiment file, and prints what they predict at the end.',
    )
    .argument('<file>', 'experiment file')
    .option('--width <n>', 'number of neurons (left out with fixed points)', integerOption('--width', { min: 1 }))
    .option('--learning-rate <T>', 'mean-field time a step', numberOption('--learning-rate', { above: 0 }))
    .option(
      '--keep-rate <Q>',
      'probability that a neuron is kept at a step',
      numberOption('--keep-rate', { above: 0, max: 1 }),
    )
    .option('--variant <name>', `one of ${VARIANTS.join(', ')} (default dropout)`, wordOption('--variant', VARIANTS))
    .option('--batch-size <B>', 'samples a step (default: all)', integerOption('--batch-size', { min: 1 }))
    .option(
      '--replicates <R>',
      'independent runs (default 100, or 1 if nothing is random)',
      integerOption('--replicates', { min: 1 }),
    );
  return withCommonOptions(command, 'also write simulate.json into this folder')
    .addHelpText(
      'after',
      '\nWith one random replicate the errors are unknown: null in JSON.\n\nExamples:\n  meanfield simulate examples/linear-oracle.json --width 16 --learning-rate 0.5 --keep-rate 0.5 --replicates 10000\n  meanfield simulate examples/banknote.json --width 1024 --learning-rate 0.03 --keep-rate 0.1 --variant random-geometry --json',
    )
    .action(async (path: string, options: Options) => {
      const learningRate = required('--learning-rate', options.learningRate, 'a finite number in (0, inf)');
      const keepRate = required('--keep-rate', options.keepRate, 'a finite number in (0, 1]');
      const threads = await checkCommon(io, options);
      const experiment = await readExperiment(path, { workingDirectory: io.workingDirectory });
      if (experiment.fixedNeurons === undefined) required('--width', options.width, 'an integer in [1, inf)');
      const plan = planSimulation(experiment, { ...options, learningRate, keepRate });
      const { width, replicates, steps } = plan;
      say(
        io,
        options,
        `${replicates} replicate${replicates === 1 ? '' : 's'} of width ${width}, ${steps} steps of ${learningRate}`,
      );
      if (replicates === 1 && !plan.deterministic)
        say(io, options, 'the errors of a single random replicate are unknown: take --replicates 2 or more for them');
      const progress = startProgress(io, options, 'training');
      try {
        const work = (executor: Executor) =>
          simulate(experiment, plan, executor, { signal: io.signal, progress: progress.update });
        const result = await (sharesRuns(threads, replicates, plan.multiplicationsAtOnce)
          ? withTeam(threads, work)
          : withExecutor(threads, staysInProcess(threads, plan.multiplications), work));
        progress.stop();
        await deliver(io, options, 'simulate', result, () => text(result, experiment.task.neuron.parameterNames));
      } finally {
        progress.stop();
      }
    });
}

function text(result: Awaited<ReturnType<typeof simulate>>, names: readonly string[]): string {
  return (
    field('time', result.time) +
    field('steps', result.steps) +
    field('replicates', result.replicates) +
    field('seconds', result.seconds.toPrecision(3)) +
    observablesText(result, names)
  );
}
