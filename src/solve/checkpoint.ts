import { ByteReader, ByteWriter, type Checkpointable } from '../base/bytes.ts';
import { ArgumentError } from '../base/errors.ts';

const MAGIC = 0x6d666370; // "mfcp"
const VERSION = 1;

/** What identifies the run a checkpoint belongs to. */
export interface RunIdentity {
  readonly scheme: string;
  readonly count: number;
  readonly dimension: number;
  readonly statisticSize: number;
}

/** Writes a run: magic, version, identity, cloud, then each part in order. */
export function writeCheckpoint(run: RunIdentity, cloud: Float64Array, parts: readonly Checkpointable[]): Uint8Array {
  const out = new ByteWriter();
  out.uint32(MAGIC);
  out.uint32(VERSION);
  out.text(run.scheme);
  out.uint32(run.count);
  out.uint32(run.dimension);
  out.uint32(run.statisticSize);
  out.float64s(cloud);
  for (const part of parts) part.save(out);
  return out.finish();
}

/** Reads what `writeCheckpoint` wrote into the same parts; a checkpoint of another kind of run is an ArgumentError. */
export function readCheckpoint(
  bytes: Uint8Array,
  run: RunIdentity,
  cloud: Float64Array,
  parts: readonly Checkpointable[],
): void {
  const from = new ByteReader(bytes);
  if (bytes.length < 8 || from.uint32() !== MAGIC)
    throw new ArgumentError('resume', bytes, 'a checkpoint of solve (its first four bytes are "mfcp")');
  const version = from.uint32();
  if (version !== VERSION) throw new ArgumentError('resume', version, `a checkpoint of version ${VERSION}`);
  const scheme = from.text();
  if (scheme !== run.scheme) throw new ArgumentError('resume', scheme, `a checkpoint of the scheme ${run.scheme}`);
  for (const key of ['count', 'dimension', 'statisticSize'] as const) {
    const value = from.uint32();
    if (value !== run[key])
      throw new ArgumentError('resume', value, `a checkpoint of a problem whose ${key} is ${run[key]}`);
  }
  from.float64sInto(cloud);
  for (const part of parts) part.load(from);
  if (!from.done) throw new ArgumentError('resume', bytes, 'a checkpoint with nothing after its end');
}
