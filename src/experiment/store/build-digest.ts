import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { locateWorker } from '../executor/worker-file.ts';

/**
 * Tells builds of this package apart that have the same version: a digest of the built worker, which imports its parts by names that
 * are digests themselves. All states of the sources have the same.
 */
export function buildDigest(): string {
  const worker = locateWorker('worker');
  return worker === undefined ? '' : createHash('sha256').update(readFileSync(worker.filename)).digest('hex');
}
