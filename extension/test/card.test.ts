import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import messages from '../public/_locales/en/messages.json';
import { factsOf } from '../src/badge/facts';
import { drawSpark } from '../src/badge/spark';
import { piecesOf } from '../src/badge/statement';
import type { Verdict } from '../src/lookup/wire';
import { practiceOf } from '../src/practices';
import { parseServiceAddress, permissionFor } from '../src/settings';
import { VERDICT } from './wireSamples';

const verdict = VERDICT as unknown as Verdict;

test('four facts, bounds rounded down', () => {
  expect(factsOf(verdict)).toEqual([
    ['Dropped within 28 days', '59 % (at least 50)'],
    ['Against returned follows', '7.8 × as often (at least 3.9)'],
    ['Weeks seen', '8 with follows, 7 with drops'],
    ['Public events', 'as of 22 Nov, review by 20 Feb 2027'],
  ]);
});

test('every practice of the contract has a name and an icon', () => {
  const contract = readFileSync(join(import.meta.dirname, '../../openapi.yaml'), 'utf8');
  const ids = /PracticeId:\n\s+type: string\n\s+enum:\n((?:\s+- [a-z-]+\n)+)/
    .exec(contract)?.[1]
    ?.match(/[a-z]+(?:-[a-z]+)+/g);
  expect(ids).toHaveLength(7);
  for (const practice of ids ?? []) {
    expect(practiceOf({ ...verdict, practice }), practice).not.toBeNull();
  }
});

test('other practices lead with their own numbers', () => {
  const reasons = [
    { code: 'answered-share', value: 0, interval: [0, 0.0369] as [number, number] },
    { code: 'askers', value: 80, interval: null },
    { code: 'posts', value: 120, interval: null },
  ];
  expect(factsOf({ ...verdict, practice: 'never-replies', reasons }).slice(0, 3)).toEqual([
    ['Answered', '0 % (at most 4)'],
    ['People who asked', '80'],
    ['Posts sampled', '120'],
  ]);
});

test('a factor is rounded as the statement rounds it', () => {
  const factor = (value: number, low: number) => {
    const reasons = [{ code: 'selectivity-at-equal-age', value, interval: [low, 99] as [number, number] }];
    return factsOf({ ...verdict, reasons })[0]?.[1];
  };
  expect(factor(8.39, 5.56)).toBe('8.3 × as often (at least 5.5)');
  expect(factor(11.87, 7.62)).toBe('11 × as often (at least 7.6)');
});

test('facts that are not there are left out', () => {
  const sources = { measured: 0, reported: 3 };
  expect(factsOf({ ...verdict, reasons: [], reviewAt: null, sources })).toEqual([
    ['Reports', 'as of 22 Nov 2026'],
  ]);
});

test.each([
  ['21 Sep – 19 Nov, 836 follows.', ['836']],
  ['1–28 May: followed 1,520 accounts', ['1,520']],
  ['about 59 in 100 were dropped within 28 days (at least 50).', ['59']],
  ['7.8 times as often as returned ones (at least 3).', ['7.8']],
  ['no numbers', []],
])('numbers in “%s”', (statement, strong) => {
  const pieces = piecesOf(statement);
  expect(pieces.map(({ text }) => text).join('')).toBe(statement);
  expect(pieces.filter((piece) => piece.strong).map(({ text }) => text)).toEqual(strong);
});

test('the picture: a column a day, one scale, and its words', () => {
  const picture = drawSpark({ from: '2026-10-23', followed: [10, 0, 5], unfollowed: [0, 5, 0] });
  const heights = (side: string) =>
    Array.from(picture.querySelectorAll(`.${side}`), (bar) => Number(bar.getAttribute('height')));
  expect(heights('followed')).toEqual([38, 0, 19]);
  expect(heights('unfollowed')).toEqual([0, 19, 0]);
  expect(picture.getAttribute('aria-label')).toBe(
    'Day by day from 23 Oct: 15 followed, 5 unfollowed in 3 days.',
  );
});

test.each([
  ['https://fairfollow.example/', 'https://fairfollow.example', 'https://fairfollow.example/*'],
  ['https://fairfollow.example:8443/x/', 'https://fairfollow.example:8443/x', 'https://fairfollow.example/*'],
  [' http://localhost:8080 ', 'http://localhost:8080', null],
  ['http://127.0.0.1:9000', 'http://127.0.0.1:9000', null],
])('the address %s', (typed, address, permission) => {
  expect(parseServiceAddress(typed)).toBe(address);
  expect(permissionFor(address)).toBe(permission);
});

test.each([
  '',
  'fairfollow',
  'http://fairfollow.example',
  'https://me:secret@fairfollow.example',
  'javascript:1',
])('no address: %s', (typed) => {
  expect(parseServiceAddress(typed)).toBeNull();
});

test('every message is said somewhere', () => {
  const root = join(import.meta.dirname, '..');
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .concat(readFileSync(join(root, 'wxt.config.ts'), 'utf8'))
    .join('\n');
  expect(
    Object.keys(messages).filter((key) => !new RegExp(`\\b(?:__MSG_)?${key}(?:__)?\\b`).test(sources)),
  ).toEqual([]);
});
