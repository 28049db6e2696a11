import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ArgumentError } from '../../base/errors.ts';

/** A function of a module of the user's own, as plain data: functions themselves can't be sent to other threads. */
export interface ModuleReference {
  readonly href: string;
  /** Name of the export. */
  readonly name: string;
}

const ALLOWED = "the URL of a file, e.g. new URL('./sampler.js', import.meta.url), or its absolute path";

/** Throws an ArgumentError unless there is such a file. What it exports is seen when it is loaded. */
export function checkModule(module: URL | string, name: string = 'default'): ModuleReference {
  const url = toUrl(module);
  if (url === undefined || !/^(file|data):$/.test(url.protocol)) throw new ArgumentError('module', module, ALLOWED);
  if (url.protocol === 'file:' && statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() !== true)
    throw new ArgumentError('module', url.href, 'a file that is there');
  if (typeof name !== 'string' || name === '') throw new ArgumentError('export', name, 'the name of an export');
  return { href: url.href, name };
}

function toUrl(module: URL | string): URL | undefined {
  const text = String(module);
  if (isAbsolute(text)) return pathToFileURL(text);
  return URL.canParse(text) ? new URL(text) : undefined;
}
