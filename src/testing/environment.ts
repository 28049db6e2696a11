/**
 * An environment variable, where there is an environment: Node and its like. Undefined in browsers, and for an empty value.
 * The global is looked up by name, because this room must run without Node too.
 */
export function environmentVariable(name: string): string | undefined {
  const host = Reflect.get(globalThis, 'process') as
    | { readonly env?: Readonly<Record<string, string | undefined>> }
    | undefined;
  return host?.env?.[name] || undefined;
}
