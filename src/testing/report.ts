/** A failed property: everything that is needed to see it again. */
export interface Failure {
  readonly law: string;
  readonly seed: number;
  /** Where, below the seed, the simplest failing case is; absent if no case was drawn. */
  readonly path: string | undefined;
  /** Cases until the first failure. */
  readonly runs: number;
  /** How often the failing case was made simpler. */
  readonly shrinks: number;
  /** The drawn values of the simplest failing case, as text. */
  readonly counterexample: readonly string[] | undefined;
  /** The message of what was thrown. */
  readonly reason: string;
  /** What runs the check. */
  readonly command: string;
}

/** The command that replays a failure in a POSIX shell. */
export function replayCommand({ law, seed, path, command }: Failure): string {
  const place = path === undefined ? '' : ` MEANFIELD_LAW='${law.replaceAll("'", "'\\''")}' MEANFIELD_PATH=${path}`;
  return `MEANFIELD_SEED=${seed}${place} ${command}`;
}

/** The report of a failure, for people. */
export function failureReport(failure: Failure): string {
  const { law, runs, shrinks, counterexample, reason, seed, path } = failure;
  const simpler = shrinks === 0 ? '' : `, made simpler ${shrinks} ${shrinks === 1 ? 'time' : 'times'}`;
  const cases = counterexample?.map((text, i) => `${i === 0 ? '  case:   ' : '          '}${indented(text)}`) ?? [];
  return [
    `"${law}" does not hold: it failed at case ${runs}${simpler}`,
    `  reason: ${indented(reason)}`,
    ...cases,
    `  seed:   ${seed}${path === undefined ? '' : `, path ${path}`}`,
    `  replay: ${replayCommand(failure)}`,
  ].join('\n');
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n          ');
}
