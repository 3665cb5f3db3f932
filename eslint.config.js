import tseslint from 'typescript-eslint';

/** Which folders of `src/` a folder may not import from: dependencies point one way (CONTRIBUTING.md). */
const forbiddenImports = {
  domain: ['dci', 'events', 'superoffice', 'store', 'temporal', 'workflows', 'activities', 'api', 'service'],
  superoffice: ['dci', 'events', 'store', 'temporal', 'workflows', 'activities', 'api', 'service'],
  dci: ['events', 'store', 'temporal', 'workflows', 'activities', 'api', 'service'],
  events: ['dci', 'store', 'temporal', 'workflows', 'activities', 'api', 'service'],
  store: ['dci', 'events', 'superoffice', 'temporal', 'workflows', 'activities', 'api', 'service'],
  temporal: ['dci', 'events', 'superoffice', 'store', 'activities', 'api', 'service'],
  activities: ['workflows', 'api', 'service'],
  api: ['activities', 'dci', 'events', 'service'],
  tracing: [
    'domain',
    'dci',
    'events',
    'superoffice',
    'store',
    'temporal',
    'workflows',
    'activities',
    'api',
    'service',
  ],
};

const directionOfImports = Object.entries(forbiddenImports).map(([folder, forbidden]) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
            message: `src/${folder} must not depend on this folder: see "Which way imports point" in CONTRIBUTING.md.`,
          },
          {
            regex: '^(\\.\\./)+(config|main|server|worker|rotate-keys)\\.js$',
            message: 'Take what you need as a parameter: only the processes read the configuration.',
            allowTypeImports: true,
          },
          {
            regex: '^(\\.\\./)+(sandbox|demo|stack|deploy|test|scripts|bench|chaos)/',
            message: 'src/ stands alone.',
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['**/dist/', 'packages/client/src/schema.ts', '.data/', 'coverage/', 'src/store/migrations/'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...directionOfImports,
  {
    files: ['src/workflows/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!@temporalio/workflow$|\\./|\\.\\./domain/|\\.\\./activities/)',
              message:
                'Workflow code is deterministic: only @temporalio/workflow, messages, and domain and activity types.',
            },
            {
              regex: '^\\.\\./(domain|activities)/',
              message: 'Workflow code sees types of the domain and of the activities, never their code.',
              allowTypeImports: true,
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch'],
    },
  },
  {
    files: ['demo/**', 'scripts/**', 'sandbox/*.ts', 'stack/**', 'bench/**', 'deploy/**', 'chaos/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
);
