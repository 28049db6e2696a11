/** The two optional packages that draw. */
export interface VegaPackages {
  readonly vega: typeof import('vega');
  readonly vegaLite: typeof import('vega-lite');
}

/** A chart was asked for, and an optional package that draws it is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
}

/**
 * Loads vega and vega-lite, which are optional and take some 0.4 s to import: hence only when a chart is drawn. Call it before a long
 * computation whose charts are wanted, to hear early that they can't be drawn.
 *
 * @throws MissingPackageError, with the command that installs them
 */
export async function loadVega(importer: () => Promise<VegaPackages> = importVega): Promise<VegaPackages> {
  try {
    return await importer();
  } catch (error) {
    if (!['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(codeOf(error))) throw error;
    throw new MissingPackageError(
      'charts need the optional packages vega and vega-lite: run "npm install vega@^6.4.0 vega-lite@^6.4.3"',
      { cause: error },
    );
  }
}

/** Rejects, as `loadVega` does, unless charts can be drawn. For callers outside: their types need not know vega, which only ESM can import. */
export async function checkVega(): Promise<void> {
  await loadVega();
}

async function importVega(): Promise<VegaPackages> {
  try {
    const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
    return { vega, vegaLite };
  } catch (error) {
    // The CommonJS build turns import into require, which can't load vega, as it has top-level await: import it out of the build's sight.
    if (!['ERR_REQUIRE_ASYNC_MODULE', 'ERR_REQUIRE_ESM'].includes(codeOf(error))) throw error;
    const load = new Function('name', 'return import(name)') as (name: string) => Promise<unknown>;
    const [vega, vegaLite] = await Promise.all([load('vega'), load('vega-lite')]);
    return { vega, vegaLite } as VegaPackages;
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code);
}
