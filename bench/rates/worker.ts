import { type Part, runPart } from './parts.ts';

/** What a worker thread runs. */
export default function work(part: Part): Promise<Float64Array> {
  return runPart(part);
}
