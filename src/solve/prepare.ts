import { toRowMajor, toVector } from '../base/arrays.ts';
import { checkInteger, checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { type BrownianSource, freshBrownian, type PoissonClocks } from '../process/noise/index.ts';
import { overCloud } from '../process/over-cloud.ts';
import { type MeanFieldProcess, meanFieldProcess } from '../process/process.ts';
import { type Stream, stream } from '../random/stream.ts';
import { refusal } from '../scheme/refusal.ts';
import type { Scheme, SteppingProblem } from '../scheme/scheme.ts';
import { schemesFor } from '../scheme/schemes-for.ts';
import { commonNoise } from './common-noise.ts';
import type { Initial, SolveOptions } from './options.ts';

/** Checked options, with everything made that a run needs. */
export interface Prepared {
  readonly problem: SteppingProblem;
  readonly scheme: Scheme;
  readonly saveAt: Float64Array;
  readonly from: number;
  readonly until: number;
  readonly maxSteps: number;
}

/** Checks a process and its options, and makes cloud, noise and problem: all argument errors come from here. */
export function prepare<T>(process: MeanFieldProcess, options: SolveOptions<T>): Prepared {
  meanFieldProcess(process);
  const { scheme, rng } = options;
  if (typeof scheme?.start !== 'function')
    throw new ArgumentError('scheme', scheme, 'a scheme, e.g. rk4({ step: 0.01 })');
  checkScheme(scheme, process);
  const from = checkNumber('from', options.from ?? 0);
  const until = checkNumber('until', options.until, { above: from });
  const saveAt = toVector('saveAt', options.saveAt ?? []);
  saveAt.forEach((time, i) => {
    checkNumber(`saveAt[${i}]`, time, { min: i > 0 ? saveAt[i - 1]! : from, max: until });
    if (i > 0 && time === saveAt[i - 1])
      throw new ArgumentError(`saveAt[${i}]`, time, `after ${time}, the one before it`);
  });
  if (saveAt.length > 0 && typeof options.save !== 'function')
    throw new ArgumentError('save', options.save, 'a function of a snapshot when saveAt is given, e.g. saveStates()');
  const maxSteps =
    options.maxSteps === undefined || options.maxSteps === Number.POSITIVE_INFINITY
      ? Number.POSITIVE_INFINITY
      : checkInteger('maxSteps', options.maxSteps, { min: 1 });
  const random = process.diffusion !== undefined || (process.jumps?.length ?? 0) > 0 || 'law' in options.initial;
  if (random && !rng) throw new ArgumentError('rng', rng, 'a stream, because this run is random, e.g. stream(1)');
  const source = rng ?? stream(0);
  const cloud = initialCloud(options.initial, process.dimension, source);
  const bound = overCloud(process, cloud.length / process.dimension);
  const noise = options.noise ?? 'fresh';
  const { brownian, clocks } = noiseSources(noise, source, bound.count * bound.noises, process);
  const everyEvent = (options.events?.length ?? 0) > 0;
  return {
    problem: {
      process: bound,
      cloud,
      time: from,
      until,
      rng: source.split('scheme'),
      brownian,
      ...(clocks && { clocks }),
      ...(noise === 'fresh' && {
        brownianFor: (paths: number, ...keys: readonly number[]) =>
          freshBrownian(source.split('brownian', ...keys), paths),
      }),
      everyEvent,
    },
    scheme,
    saveAt,
    from,
    until,
    maxSteps,
  };
}

function checkScheme(scheme: Scheme, process: MeanFieldProcess): void {
  const reason = refusal(scheme, process);
  if (reason === undefined) return;
  const able = schemesFor(process);
  throw new ArgumentError(
    'scheme',
    scheme.info.name,
    `one that can solve this process (${reason})${able.length > 0 ? `; these can: ${able.join(', ')}` : ''}`,
  );
}

function initialCloud(initial: Initial, dimension: number, rng: Stream): Float64Array {
  if (typeof initial === 'object' && initial !== null && 'law' in initial) {
    const count = checkInteger('initial.count', initial.count, { min: 1 });
    const cloud = new Float64Array(count * dimension);
    const { law } = initial as {
      law: { dimension?: number; sampleInto(r: Stream, n: number, out: Float64Array): void };
    };
    if (law.dimension !== undefined && law.dimension !== dimension)
      throw new ArgumentError('initial.law.dimension', law.dimension, `${dimension}, the dimension of the process`);
    law.sampleInto(rng.split('initial'), count, cloud);
    return cloud;
  }
  const { data, rows, columns } = toRowMajor('initial', initial);
  if (rows === 0) throw new ArgumentError('initial', rows, 'at least one particle');
  if (columns !== dimension) throw new ArgumentError('initial', columns, `rows of length ${dimension}, one a particle`);
  return data;
}

function noiseSources(
  noise: NonNullable<SolveOptions['noise']>,
  rng: Stream,
  paths: number,
  process: MeanFieldProcess,
): { brownian: BrownianSource; clocks?: PoissonClocks } {
  if (noise === 'common') return commonNoise(rng, paths, process);
  const fresh = () => freshBrownian(rng.split('brownian'), paths);
  if (noise === 'fresh') return { brownian: fresh() };
  if (noise?.brownian && noise.brownian.paths !== paths)
    throw new ArgumentError('noise.brownian.paths', noise.brownian.paths, `${paths}, particles times noises`);
  return { brownian: noise?.brownian ?? fresh(), ...(noise?.clocks && { clocks: noise.clocks }) };
}
