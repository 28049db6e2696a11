/** What is wrong with the nesting of the tags of an HTML page or an SVG picture; empty if nothing is. */
export function nestingErrors(markup: string): string[] {
  const errors: string[] = [];
  const open: string[] = [];
  const body = markup.replace(/<style>[\s\S]*?<\/style>/g, '');
  for (const [tag, slash, name, rest] of body.matchAll(/<(\/?)([a-zA-Z][\w:]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (slash === '/') {
      const last = open.pop();
      if (last !== name) errors.push(`${tag} closes ${last}`);
    } else if (!rest!.endsWith('/') && name !== 'meta') open.push(name!);
  }
  return [...errors, ...open.map((name) => `${name} is not closed`)];
}

/** The values of an attribute, in order. */
export function attributes(markup: string, name: string): string[] {
  return [...markup.matchAll(new RegExp(`<[^>]* ${name}="([^"]*)"`, 'g'))].map(([, value]) => value!);
}

/** How often something occurs. */
export function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
