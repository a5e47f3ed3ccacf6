/**
 * Reports every export that nothing else imports: `file:line name`, exit 1. Syntax only, which is enough because
 * relative imports here name their file with its extension, and it takes a second instead of a minute.
 *
 * Tests do not count as usage (code that only its test calls is dead), unless the export's docstring carries @testonly
 * (exists for tests) or @public (for readers outside this tree). Inside tests/, tests do count. Everything that an
 * entry point exports is left alone, and so is a type that another statement of its own file speaks of: it is part of
 * a signature, and whoever uses that should be able to name it.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

const entryPoints = [
  /^electron\/(cli|main|preload|server)\/main\.ts$/,
  /^electron\/main\/host-entry\.ts$/,
  /^electron\/.*-(worker|thread)\.ts$/,
  /^renderer\/main\.tsx$/,
  /^scripts\//,
  /^tests\/.*\.test\.ts$/,
  /^tests\/(bench|fixtures)\/[^/]+\.ts$/,
  /^tests\/support\/skips-reporter\.ts$/,
  /^[^/]+\.config\.ts$/,
  // The contract and its vocabularies are said whole: screens and scripts to come read what no code reads today.
  /^shared\/contract\//,
  /^shared\/domain\/vocabulary\.ts$/,
  /\.d\.ts$/,
];

interface Exported {
  line: number;
  excused: boolean;
  /** For `export { a } from './b.ts'`: whoever uses this name uses that one. */
  from?: { file: string; name: string };
}

interface Module {
  exports: Map<string, Exported>;
  /** Files of which everything is re-exported. */
  stars: string[];
}

/** One use of a name of another module, `*` for all of them. */
interface Use {
  by: string;
  file: string;
  name: string;
}

const modules = new Map<string, Module>();
const uses: Use[] = [];

function resolve(from: string, specifier: ts.Expression | undefined): string | undefined {
  if (specifier === undefined || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.'))
    return undefined;
  return join(dirname(from), specifier.text);
}

/** The names that are read from a namespace, `*` when it is used in any other way than `ns.name`. */
function namesReadFrom(source: ts.SourceFile, namespace: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === namespace && !ts.isNamespaceImport(node.parent)) {
      const parent = node.parent;
      if (ts.isPropertyAccessExpression(parent) && parent.expression === node) names.push(parent.name.text);
      else if (ts.isQualifiedName(parent) && parent.left === node) names.push(parent.right.text);
      else names.push('*');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function readImport(path: string, source: ts.SourceFile, node: ts.ImportDeclaration): void {
  const file = resolve(path, node.moduleSpecifier);
  if (file === undefined) return;
  const clause = node.importClause;
  if (clause?.name !== undefined) uses.push({ by: path, file, name: 'default' });
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return;
  const names = ts.isNamespaceImport(bindings)
    ? namesReadFrom(source, bindings.name.text)
    : bindings.elements.map((element) => (element.propertyName ?? element.name).text);
  for (const name of names) uses.push({ by: path, file, name });
}

function readExport(
  path: string,
  module: Module,
  line: number,
  excused: boolean,
  node: ts.ExportDeclaration,
): void {
  const file = resolve(path, node.moduleSpecifier);
  const clause = node.exportClause;
  if (clause === undefined) {
    if (file !== undefined) module.stars.push(file);
  } else if (ts.isNamespaceExport(clause)) {
    module.exports.set(clause.name.text, { line, excused });
    if (file !== undefined) uses.push({ by: path, file, name: '*' });
  } else {
    for (const element of clause.elements) {
      const from =
        file === undefined ? {} : { from: { file, name: (element.propertyName ?? element.name).text } };
      module.exports.set(element.name.text, { line, excused, ...from });
    }
  }
}

function declaredNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : declaredNames(element.name),
  );
}

/** Whether a type is spoken of outside its own declaration. */
function isNamedInFile(source: ts.SourceFile, declaration: ts.Statement, name: string): boolean {
  const speaksOf = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, speaksOf) ?? false);
  return source.statements.some((statement) => statement !== declaration && speaksOf(statement));
}

function readStatement(path: string, source: ts.SourceFile, module: Module, node: ts.Statement): void {
  const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const excused = ts.getJSDocTags(node).some((tag) => /^(public|testonly)$/i.test(tag.tagName.text));
  if (ts.isImportDeclaration(node)) return readImport(path, source, node);
  if (ts.isExportDeclaration(node)) return readExport(path, module, line, excused, node);
  if (ts.isExportAssignment(node)) {
    module.exports.set('default', { line, excused });
    return;
  }
  const flags = ts.canHaveModifiers(node)
    ? (ts.getModifiers(node) ?? []).map((modifier) => modifier.kind)
    : [];
  if (!flags.includes(ts.SyntaxKind.ExportKeyword)) return;
  if (flags.includes(ts.SyntaxKind.DefaultKeyword)) module.exports.set('default', { line, excused });
  else if (ts.isVariableStatement(node)) {
    for (const name of node.declarationList.declarations.flatMap((one) => declaredNames(one.name)))
      module.exports.set(name, { line, excused });
  } else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    const name = node.name.text;
    // `export const Tool = …; export type Tool = …` is one export with two sides.
    const before = module.exports.get(name);
    const isSignature = before === undefined && isNamedInFile(source, node, name);
    module.exports.set(name, before ?? { line, excused: excused || isSignature });
  } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
    // Overloads share a name: the first one carries the docstring.
    if (node.name !== undefined && !module.exports.has(node.name.text))
      module.exports.set(node.name.text, { line, excused });
  }
}

/** `import('./x.ts')` as a value uses everything of x, `import('./x.ts').Name` as a type only that name. */
function readDynamicImports(path: string, source: ts.SourceFile): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const file = resolve(path, node.arguments[0]);
      if (file !== undefined) uses.push({ by: path, file, name: '*' });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const file = resolve(path, node.argument.literal);
      const qualifier = node.qualifier;
      const name = qualifier !== undefined && ts.isIdentifier(qualifier) ? qualifier.text : '*';
      if (file !== undefined) uses.push({ by: path, file, name });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

const isTest = (path: string): boolean => path.startsWith('tests/');

const used = new Set<string>();
const usedByTests = new Set<string>();

/** Marks one name of one module, and through re-exports the name that it stands for. */
function mark(file: string, name: string, byTest: boolean, trail = new Set<string>()): void {
  const key = `${file}#${name}`;
  const module = modules.get(file);
  if (module === undefined || trail.has(key)) return;
  trail.add(key);
  if (name === '*') {
    for (const each of module.exports.keys()) mark(file, each, byTest, trail);
    for (const star of module.stars) mark(star, '*', byTest, trail);
    return;
  }
  const exported = module.exports.get(name);
  if (exported === undefined) for (const star of module.stars) mark(star, name, byTest, trail);
  else {
    (byTest ? usedByTests : used).add(key);
    if (exported.from !== undefined) mark(exported.from.file, exported.from.name, byTest, trail);
  }
}

const folders = ['shared', 'electron', 'renderer', 'scripts', 'tests'];
const files = globSync([...folders.map((folder) => `${folder}/**/*.{ts,tsx}`), '*.config.ts']).sort();
for (const path of files) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const module: Module = { exports: new Map(), stars: [] };
  modules.set(path, module);
  for (const statement of source.statements) readStatement(path, source, module, statement);
  readDynamicImports(path, source);
}
for (const use of uses) mark(use.file, use.name, isTest(use.by) && !isTest(use.file));
for (const file of files.filter((path) => entryPoints.some((entry) => entry.test(path))))
  mark(file, '*', false);

let dead = 0;
let total = 0;
for (const [file, module] of modules) {
  for (const [name, exported] of module.exports) {
    total += 1;
    const key = `${file}#${name}`;
    if (exported.excused || used.has(key)) continue;
    dead += 1;
    const why = usedByTests.has(key)
      ? 'only tests import it (mark it @testonly or remove it)'
      : 'nothing imports it';
    console.log(`${file}:${exported.line} ${name}: ${why}`);
  }
}
// A scan that found nothing to look at must not pass for a clean one.
if (files.length === 0) console.log('no TypeScript file found: run this at the root of the project');
else console.log(`${dead} dead of ${total} exports in ${files.length} files`);
process.exitCode = dead > 0 || files.length === 0 ? 1 : 0;
