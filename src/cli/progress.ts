import { SingleBar } from 'cli-progress';
import type { CommonOptions } from './common.ts';
import type { Io } from './io.ts';

/** A progress bar on a terminal, and nothing elsewhere. */
export interface Progress {
  /** @param fraction - done, in [0, 1] */
  update(fraction: number, label?: string): void;
  stop(): void;
}

/** Shows progress on standard error, if that is a terminal and --quiet was not given. */
export function startProgress(io: Io, { quiet }: CommonOptions, label: string): Progress {
  if (io.terminal === undefined || quiet === true) return { update() {}, stop() {} };
  const bar = new SingleBar({
    stream: io.terminal as NodeJS.WriteStream,
    format: '{bar} {percentage} % | {duration_formatted} | {label}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is ours: it ends the run in an orderly way.
    gracefulExit: false,
  });
  bar.start(1000, 0, { label });
  return {
    update(fraction, now = label) {
      bar.update(Math.round(1000 * fraction), { label: now });
    },
    stop: () => bar.stop(),
  };
}
