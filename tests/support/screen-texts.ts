/** What the screens say, read from their sources: which texts of which catalogue they ask for, and what they say without one. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path/posix';
import ts from 'typescript';

export interface AskedText {
  /** `renderer/app/rail.tsx:24`. */
  readonly where: string;
  readonly namespace: string;
  /** The whole key, or its beginning where the rest is put in. */
  readonly key: string;
  readonly isPrefix: boolean;
  /** Said by a `t` that was handed on: `namespace` is the folder's own. */
  readonly isHandedOn: boolean;
}

const SPOKEN = /^(label|title|placeholder|aria-label|aria-description|aria-valuetext|description|alt)$/;
const LETTER = /\p{L}/u;

export function screenSources(): ts.SourceFile[] {
  return globSync('renderer/**/*.{ts,tsx}')
    .sort()
    .map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
}

/** Keys of each catalogue, with dots between their levels. */
export function catalogues(): Map<string, Set<string>> {
  const keysOf = (value: unknown, prefix: string): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => keysOf(each, prefix === '' ? key : `${prefix}.${key}`))
      : [prefix];
  return new Map(
    globSync('renderer/locales/en/*.json').map((path) => [
      basename(path, '.json'),
      new Set(keysOf(JSON.parse(readFileSync(path, 'utf8')), '')),
    ]),
  );
}

/** The catalogue of a folder: what a `t` that is handed on to a function speaks from. */
export function catalogueOf(path: string): string {
  return /^renderer\/features\/([^/]+)\//.exec(path)?.[1] ?? /^renderer\/([^/]+)/.exec(path)?.[1] ?? '';
}

function whereOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** `const { t } = useTexts('x')`, `const { t: words } = useTexts('x')` and `const t = textsOf('x')`: the name and its catalogue. */
function declaredTexts(node: ts.VariableDeclaration): [name: string, namespace: string] | undefined {
  const call = node.initializer;
  if (call === undefined || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return undefined;
  const [argument] = call.arguments;
  if (argument === undefined || !ts.isStringLiteral(argument)) return undefined;
  if (call.expression.text === 'textsOf' && ts.isIdentifier(node.name))
    return [node.name.text, argument.text];
  if (call.expression.text !== 'useTexts' || !ts.isObjectBindingPattern(node.name)) return undefined;
  const element = node.name.elements.find((each) => (each.propertyName ?? each.name).getText() === 't');
  return element === undefined ? undefined : [element.name.getText(), argument.text];
}

/** The catalogue that a name speaks from where it is called: its nearest declaration, else the folder's, if it is a `t`. */
function namespaceAt(
  call: ts.CallExpression,
  name: string,
): { namespace: string; isHandedOn: boolean } | undefined {
  const within = (scope: ts.Node): string | undefined => {
    let found: string | undefined;
    const look = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node)) {
        const declared = declaredTexts(node);
        if (declared?.[0] === name) found = declared[1];
      }
      if (!ts.isFunctionLike(node) || node === scope) ts.forEachChild(node, look);
    };
    look(scope);
    return found;
  };
  for (let scope: ts.Node | undefined = call.parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isFunctionLike(scope) && !ts.isSourceFile(scope)) continue;
    const found = within(scope);
    if (found !== undefined) return { namespace: found, isHandedOn: false };
  }
  return name === 't'
    ? { namespace: catalogueOf(call.getSourceFile().fileName), isHandedOn: true }
    : undefined;
}

/** Every text that a call of `t` names. A key that is no literal is left to the list of the test. */
export function askedTexts(source: ts.SourceFile): AskedText[] {
  const asked: AskedText[] = [];
  const take = (node: ts.Expression, namespace: string, isHandedOn = false): void => {
    if (ts.isConditionalExpression(node)) {
      take(node.whenTrue, namespace, isHandedOn);
      take(node.whenFalse, namespace, isHandedOn);
    } else if (ts.isStringLiteralLike(node))
      asked.push({ where: whereOf(node), namespace, key: node.text, isPrefix: false, isHandedOn });
    else if (ts.isTemplateExpression(node) && node.head.text !== '')
      asked.push({ where: whereOf(node), namespace, key: node.head.text, isPrefix: true, isHandedOn });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [key] = node.arguments;
      const direct = ts.isCallExpression(node.expression) ? node.expression : undefined;
      if (key !== undefined && ts.isIdentifier(node.expression)) {
        const from = namespaceAt(node, node.expression.text);
        if (from !== undefined) take(key, from.namespace, from.isHandedOn);
      } else if (key !== undefined && direct?.expression.getText() === 'textsOf') {
        const [namespace] = direct.arguments;
        if (namespace !== undefined && ts.isStringLiteral(namespace)) take(key, namespace.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return asked;
}

/** Every string that stands anywhere in a source: keys are also kept in tables. */
export function strings(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Ids of `<Term id="…">`. */
export function openedTerms(source: ts.SourceFile): { where: string; id: string }[] {
  const found: { where: string; id: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) &&
      node.tagName.getText() === 'Term'
    )
      for (const attribute of node.attributes.properties)
        if (
          ts.isJsxAttribute(attribute) &&
          attribute.name.getText() === 'id' &&
          attribute.initializer !== undefined
        )
          if (ts.isStringLiteral(attribute.initializer))
            found.push({ where: whereOf(attribute), id: attribute.initializer.text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Text with letters that stands in JSX, or in an attribute that is seen or spoken. */
export function literalTexts(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const say = (node: ts.Node, text: string): void => {
    if (LETTER.test(text)) found.push(`${whereOf(node)} ${text.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) say(node, node.text);
    else if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer !== undefined) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value !== undefined && ts.isStringLiteralLike(value)) say(value, value.text);
      if (value !== undefined && ts.isTemplateExpression(value))
        say(value, value.head.text + value.templateSpans.map((span) => span.literal.text).join(''));
    } else if (ts.isJsxExpression(node) && node.expression !== undefined && !ts.isJsxAttribute(node.parent))
      if (ts.isStringLiteralLike(node.expression)) say(node.expression, node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
