import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ArgumentError } from '../../base/errors.ts';
import { PHASE_IDS, type PhaseId } from '../../dropout/phase/phase.ts';
import type { Executor } from '../../experiment/executor/executor.ts';
import { readExperiment } from '../../experiment/experiment.ts';
import { writeAllOrNothing } from '../../experiment/output/atomic.ts';
import { removeCells } from '../../experiment/store/cell-store.ts';
import { storedExecutor } from '../../experiment/store/stored-executor.ts';
import { MissingPackageError } from '../../report/charts/vega.ts';
import { claimsTable } from '../../report/claimsTable.ts';
import { renderReport } from '../../report/renderReport.ts';
import type { VerifyReport } from '../../report/types.ts';
import { type CommonOptions, checkCommon, say, withCommonOptions, withExecutor } from '../common.ts';
import { DONE, FAILED } from '../exit.ts';
import type { Io } from '../io.ts';
import { integerOption, listOption, wordOption } from '../numbers.ts';
import { packageRoot } from '../package-root.ts';
import { startProgress } from '../progress.ts';
import type { Registration } from '../registration.ts';

interface Options extends CommonOptions {
  readonly phases?: readonly PhaseId[];
  readonly widths?: readonly number[];
  readonly fresh?: boolean;
}

const FOLDER = 'meanfield-out';
/** Where in the folder the work of an unfinished run is kept. */
const CELLS = 'cells';

/** `meanfield verify`: tests the predictions of the theory, phase by phase. */
export function verifyCommand(program: Command, io: Io, { finish, verify }: Registration): Command {
  const command = program
    .command('verify')
    .summary('test the predictions of the theory, and write a report')
    .description(
      'Runs finite widths along the scaling of each phase and its limit, tests what the theory predicts of their differences,\nprints a table of the claims, and writes report.html and results.json.',
    )
    .argument('[file]', 'experiment file (default: banknotes, 64 rows, as in examples/banknote.json)')
    .option(
      '--phases <ids>',
      `of ${PHASE_IDS.join(',')} (default: all)`,
      listOption('--phases', wordOption('--phases', PHASE_IDS)),
    )
    .option('--widths <list>', 'increasing widths, such as 64,256,1024', widthsOption)
    .option('--fresh', 'start anew: do not go on from what an interrupted run has left in the folder');
  return withCommonOptions(command, `folder for report.html and results.json (default ${FOLDER})`)
    .addHelpText(
      'after',
      '\nExit status 0 only if every claim holds; an undecided claim does not count as holding.\nCtrl-C ends it with exit status 130; what was done is kept in cells/ in the folder, and the same command goes on from there.\n\nExamples:\n  meanfield verify\n  meanfield verify examples/wine-quality-red.json --phases gradient-flow,poisson-jump --out wine',
    )
    .action(async (path: string | undefined, options: Options) => {
      const out = options.out ?? FOLDER;
      const threads = await checkCommon(io, { ...options, out });
      const experiment = await readExperiment(path ?? join(packageRoot(), 'examples', 'banknote.json'), io);
      const cells = resolve(io.workingDirectory, out, CELLS);
      if (options.fresh === true) await removeCells(cells);
      const report = await withProgress(io, options, threads, (executor, progress) =>
        verify(experiment, {
          phases: options.phases,
          widths: options.widths,
          seed: options.seed,
          executor: storedExecutor(executor, cells),
          progress,
          signal: io.signal,
        }),
      ).catch((error: unknown) => {
        if (existsSync(cells))
          say(io, options, `what was done is kept in ${join(out, CELLS)}: the same command goes on from there`);
        throw error;
      });
      const files = { ...(await page(io, report)), 'results.json': `${JSON.stringify(report, null, 2)}\n` };
      await writeAllOrNothing(resolve(io.workingDirectory, out), files, io.signal);
      await removeCells(cells);
      const names = Object.keys(files).map((name) => join(out, name));
      say(io, options, `wrote ${names.join(' and ')}`);
      io.out(options.json === true ? `${JSON.stringify(contractOf(report))}\n` : `${claimsTable(report)}\n`);
      finish(report.holds ? DONE : FAILED);
    });
}

async function withProgress(
  io: Io,
  options: Options,
  threads: number,
  work: (executor: Executor, progress: (fraction: number, label: string) => void) => Promise<VerifyReport>,
): Promise<VerifyReport> {
  const progress = startProgress(io, options, 'preparing');
  try {
    // Never on this thread, not even with one: Ctrl-C is answered at once.
    return await withExecutor(threads, false, (executor) => work(executor, progress.update));
  } finally {
    progress.stop();
  }
}

/** The report as a page, or nothing where the packages that draw it are not installed: the numbers are not lost for that. */
async function page(io: Io, report: VerifyReport): Promise<Readonly<Record<string, string>>> {
  try {
    return { 'report.html': await renderReport(report) };
  } catch (error) {
    if (!(error instanceof MissingPackageError)) throw error;
    io.err(`meanfield: no report.html: ${error.message}\n`);
    return {};
  }
}

/** What `--json` prints; results.json has more. */
function contractOf({ phases, holds }: VerifyReport): object {
  return {
    phases: phases.map(({ phase, claims }) => ({
      phase,
      claims: claims.map(({ claim, predicted, measured, interval, holds }) => ({
        claim,
        predicted,
        measured,
        interval,
        holds,
      })),
    })),
    holds,
  };
}

function widthsOption(text: string): number[] {
  const widths = listOption('--widths', integerOption('--widths', { min: 2, max: 2 ** 24 }))(text);
  if (widths.some((width, i) => i > 0 && width < widths[i - 1]!))
    throw new ArgumentError('--widths', text, 'an increasing list of widths');
  return widths;
}
