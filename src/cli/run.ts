import { Command } from 'commander';
import { classifyCommand } from './commands/classify.ts';
import { simulateCommand } from './commands/simulate.ts';
import { DONE, explain } from './exit.ts';
import type { Io } from './io.ts';
import { packageVersion } from './package-root.ts';

/** What a command does; it returns its exit status. */
export type Register = (program: Command, io: Io, finish: (status: number) => void) => Command;

const COMMANDS: readonly Register[] = [classifyCommand, simulateCommand];

/**
 * Runs one command line and resolves to its exit status: 0 done, 1 the run failed or a check did not hold, 2 the request was
 * wrong, 130 interrupted. Never rejects.
 *
 * @param argv - the arguments alone, without the names of the program and of Node
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let status = DONE;
  const program = new Command('meanfield');
  const quiet = { writeOut: (text: string) => io.out(text), writeErr() {}, outputError() {} };
  program
    .description(
      'Dropout training of wide two-layer networks, its five mean-field limits, and how fast the one converges to the other.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .addHelpText(
      'after',
      '\nExit status: 0 done, 1 the run failed or a check did not hold, 2 the request was wrong, 130 interrupted.\nA command explains itself: meanfield simulate --help',
    )
    .exitOverride()
    .configureOutput(quiet);
  for (const register of COMMANDS)
    register(program, io, (code) => {
      status = code;
    });
  try {
    if (argv.length === 0) io.out(program.helpInformation());
    else await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    const { status: code, line } = explain(error, io.signal);
    if (line !== undefined) io.err(`meanfield: ${line}\n`);
    return code;
  }
}
