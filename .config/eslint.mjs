import tseslint from 'typescript-eslint';

/** Below `ui` no sentence: an error there has a code and facts, or somebody else's words as they came. */
const noSentences = [
  {
    selector:
      'NewExpression[callee.name=/Error$/] > :matches(Literal[value=/ /], TemplateLiteral:has(TemplateElement[value.raw=/[a-z] [a-z]/i]))',
    message: 'Give the error a code (engine/errorCodes.ts) and its sentence in ui/errors.',
  },
  {
    selector: 'Property[key.name="said"] :matches(Literal[value=/[a-z]{2}/i], TemplateElement[value.raw=/[a-z]{2}/i])',
    message: 'What is said are another one’s words: for own ones there are codes (engine/errorCodes.ts).',
  },
];

/** `npm run l10n` finds no other texts. */
const literalTexts = {
  selector: 'CallExpression:matches([callee.name="t"], [callee.property.name="t"]):not([arguments.0.type="Literal"])',
  message: 'A text to be translated is one literal.',
};

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
  { files: ['src/base/**', 'src/engine/**'], rules: { 'no-restricted-syntax': ['error', ...noSentences] } },
  { files: ['src/ui/**', 'src/extension.ts'], rules: { 'no-restricted-syntax': ['error', literalTexts] } },
  {
    files: ['media/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './media/tsconfig.json', tsconfigRootDir: process.cwd() },
    },
    rules: {
      'no-restricted-syntax': [
        'error',
        literalTexts,
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
