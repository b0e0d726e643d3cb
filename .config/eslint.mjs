import tseslint from 'typescript-eslint';

/** The rooms and what each must not import: base ◀ engine ◀ audit, stack, health ◀ ui ◀ extension.ts. */
const noVscode = { name: 'vscode', message: 'Only src/ui and src/extension.ts know vscode.' };
const noDockerode = [
  { name: 'dockerode', message: 'Only src/engine knows dockerode.' },
  { name: 'docker-modem', message: 'Only src/engine knows dockerode.' },
];

const room = (files, paths, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { paths, patterns: group.length ? [{ group, message }] : [] }] },
});

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: process.cwd() } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  room(['src/base/**'], [noVscode, ...noDockerode], ['**/engine/**', '**/ui/**'], 'base knows no other room.'),
  room(
    ['src/engine/**'],
    [noVscode],
    ['**/ui/**', '**/audit/**', '**/stack/**', '**/health/**'],
    'engine knows only base.',
  ),
  room(['src/ui/**', 'src/extension.ts'], noDockerode, [], ''),
  {
    files: ['media/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './media/tsconfig.json', tsconfigRootDir: process.cwd() },
    },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [noVscode, ...noDockerode],
          patterns: [
            {
              regex: '/src/(?!ui/inspector/protocol$)',
              message: 'media/inspector takes from src only ui/inspector/protocol.ts.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
          message: 'Foreign text becomes text, never markup.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }] },
  },
);
