// Every rule stands here because of a fault it prevents; the reason is beside it. What a formatter can do, prettier does.
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** `it.only(…)`, `describe.skip.each(…)`, `ctx.skip(…)`: any way to make vitest leave something out. */
const testApi = '/^(describe|it|test|suite|bench|ctx|context)$/';
const leavesOut = '/^(only|skip|skipIf|runIf|todo|fails)$/';

/** Attributes that are seen or spoken. */
const spoken = '/^(label|title|placeholder|aria-label|aria-description|aria-valuetext|description|alt)$/';
const letters = '/\\p{L}/u';

export default defineConfig(
  globalIgnores(['dist/', 'release/', '.cache/', 'coverage/', 'build/sample/', 'tests/fixtures/audio/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.js', '**/*.mjs', '**/*.cjs'],
    rules: {
      // `==` converts: '' == 0. Only `== null` is clear, and it means both absences at once.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // A file that no longer fits in a head should be two files (design: no file over 400 lines without a reason).
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      // A `var` leaks out of its block.
      'no-var': 'error',
      // What is never reassigned should say so.
      'prefer-const': 'error',
      // A fallthrough is nearly always a forgotten break.
      'no-fallthrough': 'error',
      // A `debugger` left behind stops an audit that runs at night.
      'no-debugger': 'error',
      // eval of anything is a hole for hostile input (design: nobody is let in).
      'no-eval': 'error',
      'no-new-func': 'error',
      // `throw 'text'` has no stack and no code.
      'no-throw-literal': 'error',
      // An empty catch hides an I/O error, and an I/O error is a finding. A comment in the block says why it may be empty.
      'no-empty': 'error',
    },
  },
  {
    // Results go through the contract, notes through the logger: a stray line on stdout breaks `--json` for scripts.
    files: ['shared/**', 'electron/**', 'renderer/**'],
    ignores: ['electron/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      // A promise that nobody awaits loses its error: a failed fsync would look like a success.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      // `if (promise)` is always true; an async callback where none is awaited loses its error too.
      '@typescript-eslint/no-misused-promises': 'error',
      // `await 5` means that somebody believes a synchronous call is asynchronous, or the reverse.
      '@typescript-eslint/await-thenable': 'error',
      // Inside try, `return promise` leaves before its error can be caught.
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      // A new audit outcome must break every switch that does not know it; an explicit default says that it need not.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // A type-only import is erased; a plain one pulls a module in, across a wall or into a cold start.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // `any` switches the checker off for everything it touches, and it spreads.
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      // `!` is an assertion without evidence; a missing row becomes a crash somewhere else.
      '@typescript-eslint/no-non-null-assertion': 'error',
      // A cast that changes nothing hides the day on which it would change something.
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      // Comparing values of two enumerations, or of a brand and its base, is comparing paths with digests.
      '@typescript-eslint/no-unsafe-enum-comparison': 'error',
      // `${object}` prints [object Object] where an archivist expects a name.
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // What is thrown or rejected with must carry a stack.
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      // A method passed without its object loses `this`.
      '@typescript-eslint/unbound-method': 'error',
      // [10, 9, 1].sort() is [1, 10, 9]: sizes and times must be compared as numbers.
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      // for…in and delete on arrays visit or leave holes.
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-array-delete': 'error',
      // `@ts-ignore` outlives its cause; `@ts-expect-error` with a reason reports when it is no longer needed.
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // What is not used misleads. (The compiler says so as well; this also sees caught errors.)
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // TypeScript resolves names; this rule would only repeat it, wrongly for types.
      'no-undef': 'off',
      // Replaced by the version above that understands types.
      'no-throw-literal': 'off',
    },
  },
  {
    // A landed migration is never edited, so it cannot be cut in two later; its length is the schema's.
    files: ['electron/adapters/sqlite/migrations/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['tests/**/*.ts'],
    ignores: ['tests/support/skips.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          `MemberExpression[object.name=${testApi}][property.name=${leavesOut}]`,
          `MemberExpression[object.object.name=${testApi}][property.name=${leavesOut}]`,
          `CallExpression[callee.name=${testApi}] > ObjectExpression > Property[key.name=${leavesOut}]`,
        ].map((selector) => ({
          selector,
          message:
            'A test left out in silence is a promise nobody keeps. Use itWith/describeWith/longOnly of tests/support/skips.ts: they say what is missing, and fail in CI.',
        })),
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      // A hook behind a condition takes the state of another one.
      'react-hooks/rules-of-hooks': 'error',
      // An effect that leaves out what it reads shows what was, not what is.
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    files: ['renderer/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          `JSXText[value=${letters}]`,
          `JSXAttribute[name.name=${spoken}] > Literal[value=${letters}]`,
          `JSXAttribute[name.name=${spoken}] > JSXExpressionContainer > Literal[value=${letters}]`,
          `JSXAttribute[name.name=${spoken}] > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${letters}]`,
          `JSXElement > JSXExpressionContainer > Literal[value=${letters}]`,
        ].map((selector) => ({
          selector,
          message:
            'Every text goes through the catalogue: add it to renderer/locales/en and say it with t(…), or nobody can translate it.',
        })),
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // `expect(port.method)` names the method, it does not call it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
