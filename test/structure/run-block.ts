import { format } from 'node:util';
import ts from 'typescript';

/** What a line of code printed, and what the comment behind it says that it prints. */
export interface Printed {
  readonly printed: string;
  /** Undefined if there is none, or if it is a remark in words (it starts with `the`, `a` or `about`). */
  readonly stated: string | undefined;
}

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;

/**
 * Runs a block of TypeScript whose imports come from `modules`, and gives the output of each of its `console.log`s, which
 * must be statements of their own, run once and in order.
 */
export async function runBlock(code: string, modules: Readonly<Record<string, unknown>>): Promise<Printed[]> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const printed: string[] = [];
  const run = new AsyncFunction('require', 'exports', 'console', outputText);
  const require = (name: string) => {
    if (!(name in modules))
      throw new Error(`the block imports ${name}, which is none of ${Object.keys(modules).join(', ')}`);
    return modules[name];
  };
  await run(require, {}, { log: (...values: unknown[]) => printed.push(format(...values)) });
  const stated = statements(code);
  if (stated.length !== printed.length)
    throw new Error(`${stated.length} lines of the block print, but ${printed.length} were printed`);
  return printed.map((text, i) => ({ printed: text, stated: stated[i] }));
}

/** The comment behind each `console.log(…)`, in order. */
function statements(code: string): (string | undefined)[] {
  const file = ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true);
  const found: (string | undefined)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && node.getText(file).startsWith('console.log(')) {
      const rest = code.slice(node.getEnd()).split('\n')[0]!;
      const comment = /^\s*\/\/ (.*)$/.exec(rest)?.[1];
      found.push(comment === undefined || /^(the|a|about) /.test(comment) ? undefined : comment);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
