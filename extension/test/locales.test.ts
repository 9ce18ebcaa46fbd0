import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, '../public/_locales');

const messagesOf = (locale: string) =>
  JSON.parse(readFileSync(join(FOLDER, locale, 'messages.json'), 'utf8')) as Record<
    string,
    { message: string }
  >;

const ENGLISH = messagesOf('en');
const placeholders = (message = '') => [...message.matchAll(/\$\d/g)].map(([found]) => found).sort();

describe.each(readdirSync(FOLDER).filter((locale) => locale !== 'en'))('%s', (locale) => {
  const translated = messagesOf(locale);

  test('says everything, and nothing besides', () => {
    expect(Object.keys(translated)).toEqual(Object.keys(ENGLISH));
  });

  test.each(Object.keys(ENGLISH))('%s has the same substitutions', (key) => {
    expect(placeholders(translated[key]?.message)).toEqual(placeholders(ENGLISH[key]?.message));
  });
});
