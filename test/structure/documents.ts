import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.ts';

/** A block of code of a document, with the line of its fence. */
export interface Block {
  readonly language: string;
  readonly line: number;
  readonly code: string;
}

export function readDocument(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The fenced blocks of a Markdown text. */
export function blocksOf(text: string): Block[] {
  const found: Block[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  text.split('\n').forEach((line, i) => {
    const fence = /^\s*```(\w*)/.exec(line);
    if (open === undefined) open = fence ? { language: fence[1]!, line: i + 1, lines: [] } : undefined;
    else if (fence) {
      found.push({ language: open.language, line: open.line, code: open.lines.join('\n') });
      open = undefined;
    } else open.lines.push(line);
  });
  return found;
}

/** The text without its fenced and its indented blocks, and without code between backticks. */
function proseOf(text: string): string {
  return text
    .replace(/^\s*```[\s\S]*?^\s*```/gm, '')
    .replace(/^ {4}.*$/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

/** Targets of the links of a Markdown text that lead to files of the repository: path and anchor. */
export function linksOf(text: string): { readonly path: string; readonly anchor: string | undefined }[] {
  return [...proseOf(text).matchAll(/(?<!\\)\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path, anchor };
    });
}

/** The anchors of a Markdown text, as GitHub names its headings. */
export function anchorsOf(text: string): Set<string> {
  const headings = text.replace(/^\s*```[\s\S]*?^\s*```/gm, '').matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map((match) =>
      match[1]!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Command lines of the program in a text's indented and shell blocks: arguments without quotes. */
export function commandsOf(text: string): string[][] {
  return [...text.matchAll(/^(?: {4}|\$ )?(?:npx )meanfield (.*)$/gm)].map((match) =>
    match[1]!
      .replace(/\s+#.*$/, '')
      .trim()
      .split(/\s+/),
  );
}
