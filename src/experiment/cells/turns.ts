/** How long a cell works before other work is let in between, in milliseconds. */
const SLICE = 30;

/** A function to call between pieces of work: lets other work in where it is time, and throws the signal's reason once it has fired. */
export function turns(signal: AbortSignal | undefined): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since > SLICE) {
      await new Promise((resume) => setImmediate(resume));
      since = performance.now();
    }
    signal?.throwIfAborted();
  };
}
