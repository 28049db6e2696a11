import type { Command } from 'commander';
import { ArgumentError } from '../../base/errors.ts';
import type { Pilot } from '../../convergence/predicted-errors/index.ts';
import { classify } from '../../dropout/phase/classify.ts';
import { classifyNetwork } from '../../dropout/phase/network.ts';
import { type CommonOptions, checkCommon, deliver, required, withCommonOptions } from '../common.ts';
import type { Io } from '../io.ts';
import { type Answer, withPilots, withUnitConstants } from '../nearest-limit.ts';
import { integerOption, numberOption } from '../numbers.ts';
import { field } from '../text.ts';

interface Options extends CommonOptions {
  readonly learningRateExponent?: number;
  readonly keepRateExponent?: number;
  readonly learningRate?: number;
  readonly keepRate?: number;
  readonly width?: number;
}

/** `meanfield classify`: the phase of a power law, or of one finite network. */
export function classifyCommand(program: Command, io: Io): Command {
  const command = program
    .command('classify')
    .summary('name the phase of a scaling, or of one network')
    .description(
      'Names the phase of the scaling learning rate = T0 n^-A, keep rate = min(1, Q0 n^-B) as the width n grows,\nor, with --width, the limit that is nearest to one finite network. With an experiment file the errors that this rests on\nare forecasts for its task, from pilot runs; without one they are orders of magnitude, with all constants 1.',
    )
    .argument('[file]', 'experiment file, with --width')
    .option('--learning-rate-exponent <A>', 'exponent of the learning rate', numberOption('--learning-rate-exponent'))
    .option('--keep-rate-exponent <B>', 'exponent of the keep rate', numberOption('--keep-rate-exponent'))
    .option('--width <n>', 'number of neurons of one finite network', integerOption('--width', { min: 1 }))
    .option(
      '--learning-rate <T>',
      'T0 (default 1), or the learning rate of one network',
      numberOption('--learning-rate', { above: 0 }),
    )
    .option(
      '--keep-rate <Q>',
      'Q0 (default 1), or the keep rate of one network',
      numberOption('--keep-rate', { above: 0 }),
    );
  return withCommonOptions(command, 'also write classify.json into this folder')
    .addHelpText(
      'after',
      '\nExamples:\n  meanfield classify --learning-rate-exponent 0.5 --keep-rate-exponent 0.5\n  meanfield classify --width 1000 --learning-rate 0.03 --keep-rate 0.03 --json\n  meanfield classify examples/banknote.json --width 1000 --learning-rate 0.03 --keep-rate 0.03',
    )
    .action(async (path: string | undefined, options: Options) => {
      await checkCommon(io, options);
      const [result, text] = await answer(io, path, options);
      await deliver(io, options, 'classify', result, text);
    });
}

async function answer(io: Io, path: string | undefined, options: Options): Promise<Answer> {
  const { width } = options;
  if (width === undefined) {
    if (path !== undefined) required('--width', width, 'an integer in [1, inf), with an experiment file');
    return scaling(options);
  }
  const network = networkOf(options, width);
  return path === undefined ? withUnitConstants(network) : withPilots(io, path, options, network);
}

function scaling(options: Options): Answer {
  const { learningRateExponent, keepRateExponent, learningRate, keepRate } = options;
  if (learningRateExponent === undefined && keepRateExponent === undefined)
    throw new ArgumentError(
      '--learning-rate-exponent',
      undefined,
      'given (with --keep-rate-exponent), or else --width',
    );
  const { phase, degenerate, jumpSize, activeCount, ...limits } = classify({
    learningRateExponent: required('--learning-rate-exponent', learningRateExponent, 'a finite number'),
    keepRateExponent: required('--keep-rate-exponent', keepRateExponent, 'a finite number'),
    learningRate,
    keepRate,
  });
  const result = {
    phase,
    degenerate,
    jumpSize,
    activeCount,
    learningRate: limits.learningRate,
    keepRate: limits.keepRate,
  };
  return [
    result,
    () =>
      field('phase', phase ?? `none: ${degenerate.join(', ')}`) +
      field('jump size', limitText(jumpSize)) +
      field('active neurons', limitText(activeCount)) +
      field('learning rate', limitText(limits.learningRate)) +
      field('keep rate', limitText(limits.keepRate)),
  ];
}

function networkOf(options: Options, width: number): Pilot {
  for (const [name, value] of [
    ['--learning-rate-exponent', options.learningRateExponent],
    ['--keep-rate-exponent', options.keepRateExponent],
  ] as const)
    if (value !== undefined) throw new ArgumentError(name, value, 'left out with --width, which asks for one network');
  const learningRate = required('--learning-rate', options.learningRate, 'a finite number in (0, inf)');
  const keepRate = required('--keep-rate', options.keepRate, 'a finite number in (0, 1]');
  const network = { width, learningRate, keepRate };
  const { jumpSize, penalty } = classifyNetwork(network);
  if (!Number.isFinite(jumpSize + penalty))
    throw new ArgumentError('--keep-rate', keepRate, 'large enough that learning rate / keep rate is a finite number');
  return network;
}

function limitText(value: number | null): string {
  return value === null ? 'infinite in the limit' : String(value);
}
