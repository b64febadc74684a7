import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Each ban says why, and what to use instead. */
const bans = [
  {
    selector: "CallExpression[callee.property.name='focus']",
    message:
      'No event may move focus. Use moveFocus() of shared/focus.ts, which wants the key or click.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^scrollIntoView/]',
    message: 'No event may scroll. Use reveal() of shared/focus.ts, which wants the key or click.',
  },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Data is shown as text nodes only. Use the Text component.',
  },
  {
    selector: "MemberExpression[object.name='window'][property.name='open']",
    message: 'Only the core opens addresses. Use the command open_record.',
  },
];

const inlineStyle = {
  selector: "SvelteAttribute[key.name='style']",
  message: 'The content security policy forbids it. Use a class, or a style: directive.',
};

const hostPackages = {
  regex: '^@tauri-apps/',
  message: 'Only src/host knows the desktop. Take the Host interface.',
};
const fakeHost = {
  regex: 'host/fake',
  message: 'The fake host stays out of the product; only src/fake.ts and tests use it.',
};
const otherFeature = {
  regex: '^\\.\\./(?!\\.\\.)',
  message: 'A feature does not import another one. Move what both need to src/shared.',
};
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default ts.config(
  { ignores: ['dist', 'dist-fake', 'src/bindings', 'src/words/keys.ts'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'svelte.config.js'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': ['error', ...bans],
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { boolean: true, string: true } },
      ],
      eqeqeq: 'error',
      ...restrict(hostPackages, fakeHost),
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'no-restricted-syntax': ['error', ...bans, inlineStyle],
      // Between components the compiler knows the types and this linter does not; `npm run check`
      // is what watches them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Local maps that are built and read in one go.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-useless-mustaches': [
        'error',
        { ignoreStringEscape: true, ignoreIncludesComment: true },
      ],
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-unused-class-name': 'off',
      // A component is one function to the rule; its length is what max-lines watches.
      'max-lines-per-function': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': [
        'error',
        { excludedRunes: ['$props', '$derived', '$bindable', '$state'] },
      ],
    },
  },
  { files: ['src/features/**'], rules: restrict(hostPackages, fakeHost, otherFeature) },
  { files: ['src/host/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/host/fake/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['src/fake.ts', 'gallery/**'], rules: restrict(hostPackages) },
  // Each look runs inside a page, so it stands alone with all its helpers in it.
  { files: ['gallery/looks.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.test.ts'],
    rules: {
      ...restrict(hostPackages),
      'max-lines-per-function': 'off',
      // A test is the agent.
      'no-restricted-syntax': 'off',
    },
  },
  { files: ['*.js'], ...ts.configs.disableTypeChecked },
);
