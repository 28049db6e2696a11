import { ArgumentError } from '../../base/errors.ts';
import { ModuleError } from './module-error.ts';
import type { ModuleReference } from './module-reference.ts';

/**
 * The function, on this thread; its module is loaded once a thread. Throws a ModuleError if it can't be loaded, an ArgumentError if
 * it has no such function.
 */
export async function loadFunction<F>({ href, name }: ModuleReference): Promise<F> {
  const found = exported(await load(href), name);
  if (typeof found === 'function') return found as F;
  throw new ArgumentError(`export ${name} of ${href}`, found, 'a function');
}

async function load(href: string): Promise<Record<string, unknown>> {
  try {
    return await import(/* @vite-ignore */ href);
  } catch (cause) {
    throw new ModuleError(href, 'while it was loaded', cause);
  }
}

function exported(all: Record<string, unknown>, name: string): unknown {
  const found = all[name];
  // CommonJS that was compiled from ESM has its default one level down.
  if (name === 'default' && typeof found === 'object' && found !== null && '__esModule' in found && 'default' in found)
    return found.default;
  return found;
}
