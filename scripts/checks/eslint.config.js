import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const CLOCK_AND_CHANCE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Rules receive `now`; only clocks and stores ask for the time.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Rules receive `now`.' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'No chance in rules; draws come from a stored seed.',
  },
];

/** Few rules, all errors. Style is Prettier's business, boundaries are the architecture check's. */
export default tseslint.config(
  {
    ignores: [
      'build/**',
      'data/**',
      '.cache/**',
      'node_modules/**',
      'app/platform/db/.server/**',
      'test/fixtures/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, 'react-hooks': reactHooks },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, properties: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    // Test set-up functions are called `use…` as well; only components know hooks.
    files: ['app/**/*.{ts,tsx}'],
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Pure rules: every plain .ts of the slices (not stores, commands, routes, components or browser code).
    files: ['app/{organization,office,accounts,training,exam,certificate,reporting}/**/*.ts'],
    ignores: ['**/*.server.ts', '**/routes/**', '**/client/**', '**/ui/**'],
    rules: { 'no-restricted-syntax': ['error', ...CLOCK_AND_CHANCE] },
  },
);
