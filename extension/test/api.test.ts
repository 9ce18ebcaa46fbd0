import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';
import { expect, test } from 'vitest';

test('src/api.d.ts is in step with openapi.yaml (npm run api renews it)', async () => {
  const root = join(import.meta.dirname, '..');
  const generated = astToString(await openapiTS(new URL(`file://${join(root, '../openapi.yaml')}`)));
  const committed = readFileSync(join(root, 'src/api.d.ts'), 'utf8');
  // Both without the comment at the top that only the command writes.
  const body = (text: string) => text.slice(text.indexOf('export interface paths'));
  const options = { parser: 'typescript', printWidth: 110, singleQuote: true };
  expect(body(await format(generated, options))).toBe(body(committed));
}, 30_000);
