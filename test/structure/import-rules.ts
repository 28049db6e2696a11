import { posix } from 'node:path';
import ts from 'typescript';

/** The rooms of src/: imports point up this list only (docs: CONTRIBUTING.md). */
export const ROOMS = [
  'base',
  'random',
  'kernels',
  'measure',
  'network',
  'process',
  'scheme',
  'solve',
  'dropout',
  'convergence',
  'testing',
  'report',
  'experiment',
  'cli',
] as const;

/** The rooms that may use Node's API; all others run in browsers. */
export const NODE_ROOMS: readonly string[] = ['report', 'experiment', 'cli'];

/** What Node has and browsers lack. */
const NODE_GLOBALS: ReadonlySet<string> = new Set([
  'process',
  'Buffer',
  'require',
  'module',
  'exports',
  'global',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
]);

const OPTIONS: ts.CompilerOptions = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ESNext };

/** Sources by path from the folder that holds src/, such as `src/base/check.ts`. */
export type Sources = Readonly<Record<string, string>>;

/** The room of a file; `''` for src/index.ts, which belongs to none. */
function roomOf(path: string): string {
  return path.split('/').length > 2 ? path.split('/')[1]! : '';
}

interface Import {
  readonly target: string;
  /** Erased by the compiler: it can't make a cycle at run time. */
  readonly typeOnly: boolean;
}

/** What a file imports: static and dynamic imports, re-exports and import types. */
function importsOf(file: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push({ target: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly === true);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node)) add((node.argument as ts.LiteralTypeNode).literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Every breach of the rules of the house in some files of src/, one line each; none if all is well. */
export function breaches(sources: Sources): string[] {
  const program = programOf(sources);
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const path of Object.keys(sources)) {
    const file = program.getSourceFile(path)!;
    const imports = importsOf(file);
    graph.set(
      path,
      imports.flatMap(({ target, typeOnly }) => (typeOnly || !isRelative(target) ? [] : [resolve(path, target)])),
    );
    found.push(...directionBreaches(path, imports), ...apiBreaches(path, file, imports, program.getTypeChecker()));
    if (path === 'src/index.ts') found.push(...indexBreaches(file));
  }
  return [...found, ...cycles(graph).map((cycle) => `cycle: ${cycle.join(' -> ')}`)];
}

function directionBreaches(path: string, imports: readonly Import[]): string[] {
  const order: readonly string[] = ROOMS;
  const room = roomOf(path);
  if (room !== '' && !order.includes(room)) return [`${path}: "${room}" is none of the rooms ${order.join(', ')}`];
  return imports.flatMap(({ target }) => {
    if (!isRelative(target)) return [];
    const imported = resolve(path, target);
    if (!imported.startsWith('src/')) return imported.endsWith('.json') ? [] : [`${path} imports ${imported}`];
    const other = roomOf(imported);
    if (room === '') return NODE_ROOMS.includes(other) ? [`${path} imports ${imported}, which needs Node`] : [];
    if (other === '') return [`${path} imports ${imported}, which imports every room`];
    return order.indexOf(other) > order.indexOf(room) ? [`${path} (${room}) imports ${imported} (${other})`] : [];
  });
}

/** Node's API in the core, and hidden randomness anywhere. */
function apiBreaches(path: string, file: ts.SourceFile, imports: readonly Import[], checker: ts.TypeChecker): string[] {
  const core = !NODE_ROOMS.includes(roomOf(path));
  const found = core
    ? imports.filter(({ target }) => target.startsWith('node:')).map(({ target }) => `${path} imports ${target}`)
    : [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText(file) === 'Math.random') found.push(`${path}: Math.random`);
    if (core && isNodeGlobal(node, checker)) found.push(`${path}: ${node.getText(file)}, a global of Node`);
    if (core && ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      found.push(`${path}: import.meta, which the CommonJS build lacks`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A name that no scope around it declares: with neither libraries nor other files at hand, that is a global. */
function isNodeGlobal(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(node) || !NODE_GLOBALS.has(node.text)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return ts.isIdentifier(parent.expression) && parent.expression.text === 'globalThis';
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent) === undefined;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return false;
  return checker.getSymbolAtLocation(node) === undefined;
}

function indexBreaches(file: ts.SourceFile): string[] {
  return file.statements
    .filter((statement) => !ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined)
    .map((statement) => `src/index.ts does more than re-export: ${statement.getText(file).split('\n')[0]}`);
}

/** One cycle for each knot of files that import each other. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const state = new Map<string, 'open' | 'closed'>();
  const stack: string[] = [];
  const visit = (path: string): void => {
    state.set(path, 'open');
    stack.push(path);
    for (const next of graph.get(path) ?? [])
      if (state.get(next) === 'open') found.push([...stack.slice(stack.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    stack.pop();
    state.set(path, 'closed');
  };
  for (const path of graph.keys()) if (!state.has(path)) visit(path);
  return found;
}

function programOf(sources: Sources): ts.Program {
  const host = ts.createCompilerHost(OPTIONS);
  host.getSourceFile = (name, target) =>
    sources[name] === undefined ? undefined : ts.createSourceFile(name, sources[name], target, true);
  return ts.createProgram(Object.keys(sources), OPTIONS, host);
}

function isRelative(target: string): boolean {
  return target.startsWith('.');
}

function resolve(from: string, target: string): string {
  return posix.join(posix.dirname(from), target);
}
