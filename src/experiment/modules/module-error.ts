/** What a function of the user's own module threw, with the place: the replicate, or what was being done. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';

  /**
   * @param module - its URL
   * @param place - e.g. `size 64, replicate 3`
   * @param cause - what was thrown; from another thread a plain copy, an Error with its name, message and stack
   */
  constructor(
    readonly module: string,
    readonly place: string,
    cause: unknown,
  ) {
    super(`${module}, ${place}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
