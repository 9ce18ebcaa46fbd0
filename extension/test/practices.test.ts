import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingOf, STANDINGS, STANDINGS_IN_FULL } from '../src/practices';
import { say } from '../src/words';

const ROOT = join(import.meta.dirname, '../..');
const missing = (code: string, have = 0, need = 0, detail = '') => ({ code, have, need, detail });

test('every standing of the contract has a name', () => {
  const contract = readFileSync(join(ROOT, 'openapi.yaml'), 'utf8');
  const standings =
    /Standing:\n\s+type: string\n\s+enum: \[([^\]]+)\]/.exec(contract)?.[1]?.split(', ') ?? [];
  expect(Object.keys(STANDINGS).sort()).toEqual(standings.sort());
  expect(say(STANDINGS_IN_FULL.confirmed)).toBe('Reviewed: pattern present');
});

test('what is missing says what there is, rounded down, and what is needed, rounded up', () => {
  expect(missingOf({ missing: [missing('follows', 99.99, 99.2), missing('coverage', 0.7999, 0.8)] })).toEqual(
    [
      'Follows that can be judged: 99; at least 100 are needed.',
      'Seen of what happened: 79 %; at least 80 % are needed.',
    ],
  );
});

test('the same lack is told once, one without words here in the service’s own', () => {
  const told = [
    missing('certainty', 1, 2),
    missing('certainty', 3, 4),
    missing('newer', 1, 2, 'More of it.'),
  ];
  expect(missingOf({ missing: [...told, missing('newer')] })).toEqual([
    'What was seen is not clear enough to tell either way.',
    'More of it.',
  ]);
});

test('every lack the detectors name has words here', () => {
  const folder = join(ROOT, 'src/main/java/org/fairfollow/detection');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const codes = [
    ...sources.matchAll(/(?:new Missing|tooFew|\brequire)\(\s*(?:missing,\s*)?"([a-z-]+)"/g),
  ].map(([, code = '']) => code);
  expect(new Set(codes).size).toBeGreaterThan(20);
  for (const code of codes) expect(missingOf({ missing: [missing(code)] }), code).toHaveLength(1);
});
