import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '.output/',
      '.wxt/',
      'node_modules/',
      'test-results/',
      'fixtures/',
      'bench/*.js',
      'src/api.d.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/**'],
    rules: {
      // A page we do not own may hand us anything: markup written as text is the one way in we close by rule.
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Build nodes; strings from outside are text.' },
        { property: 'outerHTML', message: 'Build nodes; strings from outside are text.' },
      ],
    },
  },
  // A test that finds nothing where it says there is something fails just as well.
  { files: ['test/**', 'e2e/**', 'bench/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['scripts/*.mjs'],
    languageOptions: { globals: { Buffer: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
