import { Command, CommanderError } from 'commander';
import { ArgumentError } from '../base/errors.ts';
import { type Verify, verify } from '../experiment/verify/index.ts';
import { classifyCommand } from './commands/classify.ts';
import { limitCommand } from './commands/limit.ts';
import { simulateCommand } from './commands/simulate.ts';
import { verifyCommand } from './commands/verify.ts';
import { DONE, explain } from './exit.ts';
import type { Io } from './io.ts';
import { packageVersion } from './package-root.ts';
import type { Register } from './registration.ts';

const COMMANDS: readonly Register[] = [classifyCommand, simulateCommand, limitCommand, verifyCommand];

const AFTER_HELP = `
Exit status: 0 done, 1 the run failed or a check did not hold, 2 the request was wrong, 130 interrupted.
A command explains itself: meanfield simulate --help`;

/**
 * Runs one command line and resolves to its exit status: 0 done, 1 the run failed or a check did not hold, 2 the request was
 * wrong, 130 interrupted. Never rejects.
 *
 * @param argv - the arguments alone, without the names of the program and of Node
 * @param tools - what does the long work, for tests to replace
 */
export async function run(
  argv: readonly string[],
  io: Io,
  tools: { readonly verify: Verify } = { verify },
): Promise<number> {
  let status = DONE;
  const program = new Command('meanfield');
  program
    .description(
      'Dropout training of wide two-layer networks, its five mean-field limits, and how fast the one converges to the other.',
    )
    .usage('<command> [options]')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain the program, or a command')
    .helpCommand(false)
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr() {}, outputError() {} });
  const finish = (code: number) => {
    status = code;
  };
  for (const register of COMMANDS) register(program, io, { finish, ...tools });
  try {
    await program.parseAsync(normalized(argv, program), { from: 'user' });
    return status;
  } catch (error) {
    const { status: code, line } = explain(withAllowed(error, argv, program), io.signal);
    if (line !== undefined) io.err(`meanfield: ${line}\n`);
    return code;
  }
}

/** No arguments ask for help, and so does `help [command]`. */
function normalized(argv: readonly string[], program: Command): string[] {
  const [first, ...rest] = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  if (first === undefined) return ['--help'];
  const names = program.commands.map((command) => command.name());
  if (!first.startsWith('-') && !names.includes(first))
    throw new ArgumentError('command', first, `one of ${names.join(', ')}`);
  return [first, ...rest];
}

/** Adds to the error for an unknown option which ones there are. */
function withAllowed(error: unknown, argv: readonly string[], program: Command): unknown {
  if (!(error instanceof CommanderError) || error.code !== 'commander.unknownOption') return error;
  const command = program.commands.find((each) => each.name() === argv[0]) ?? program;
  const allowed = [...command.options.map((option) => option.long), '--help'].join(', ');
  return new CommanderError(error.exitCode, error.code, `${error.message} (${command.name()} takes ${allowed})`);
}
