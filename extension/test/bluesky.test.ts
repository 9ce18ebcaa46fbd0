import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageAt as siteAndPageAt } from '../src/sites';
import type { Surface } from '../src/sites/site';
import { CAST, fixturePage, parsePage } from './page';

const pageAt = (address: string) => siteAndPageAt(address, document)?.page ?? null;

const CHURNER = { network: 'bluesky', handle: CAST.handle, nativeId: CAST.did };
const ORGANIC = { network: 'bluesky', handle: CAST.organicHandle, nativeId: CAST.organicDid };

/** What the surfaces of a kind say of a page: whose they are, and the text their badge would stand at. */
function read(document: Document, address: string, kind: Surface['kind']) {
  const surface = pageAt(address)?.surfaces.find((candidate) => candidate.kind === kind);
  if (!surface) throw new Error(`no ${kind} at ${address}`);
  return Array.from(document.querySelectorAll(surface.selector), (element) => ({
    shown: surface.identify(element),
    at: surface.anchor(element)?.node.textContent.trim(),
  })).filter(({ shown }) => shown !== null);
}

const PROFILE = `https://bsky.app/profile/${CAST.handle}`;

describe.each([
  ['bsky.app', 'https://bsky.app', ''],
  ['the demonstration site', 'http://localhost:8080/demo', '/demo'],
])('on %s', (_, origin, base) => {
  test('a profile', () => {
    const found = read(fixturePage('profile', CAST, base), `${origin}/profile/${CAST.handle}`, 'profile');
    expect(found).toEqual([{ shown: CHURNER, at: CAST.name }]);
  });

  test('rows of followers, without the mention in a bio', () => {
    const found = read(
      fixturePage('followers', CAST, base),
      `${origin}/profile/you.example/followers`,
      'follower',
    );
    expect(found.map(({ shown }) => shown)).toEqual([CHURNER, ORGANIC, expect.anything()]);
    expect(found[0]?.at).toBe(CAST.name);
  });

  test('who followed, not who liked', () => {
    const found = read(fixturePage('notifications', CAST, base), `${origin}/notifications`, 'notification');
    expect(found).toEqual([
      { shown: CHURNER, at: CAST.name },
      { shown: ORGANIC, at: 'Rosa Marín' },
    ]);
  });
});

describe('a profile is nobody’s', () => {
  test.each<[string, (document: Document) => void]>([
    [
      'while name and link are of different people',
      (page) => {
        set(page, 'profileHeaderFollowersButton', 'x.example');
      },
    ],
    [
      'without a link to its followers',
      (page) => {
        find(page, 'profileHeaderFollowersButton').remove();
      },
    ],
    [
      'without a name',
      (page) => {
        find(page, 'profileHeaderDisplayName').remove();
      },
    ],
    [
      'with a handle that only looks alike',
      (page) => {
        // A Cyrillic е.
        page.querySelector('.muted')!.textContent = `@${CAST.handle.replace('e', '\u0435')}`;
      },
    ],
    [
      'with avatars of two accounts',
      (page) => {
        const image = find(page, 'profileHeaderAviButton').querySelector('img')!;
        const second = image.cloneNode() as Element;
        second.setAttribute('src', '/img/avatar/plain/did:plc:another/bafk@jpeg');
        image.after(second);
      },
    ],
  ])('%s', (_, change) => {
    const document = fixturePage('profile');
    change(document);
    expect(read(document, PROFILE, 'profile')).toEqual([]);
  });

  const find = (page: Document, testid: string) => page.querySelector(`[data-testid=${testid}]`)!;
  const set = (page: Document, testid: string, handle: string) => {
    find(page, testid).setAttribute('href', `/profile/${handle}/followers`);
  };
});

test('a profile without an avatar goes by its handle, one with an invalid handle by its DID', () => {
  const document = fixturePage('profile');
  document.querySelector('[data-testid=profileHeaderAviButton] img')?.remove();
  expect(read(document, PROFILE, 'profile')[0]?.shown).toEqual({ ...CHURNER, nativeId: null });
  const invalid = fixturePage('profile', { ...CAST, handle: CAST.did });
  invalid.querySelector('.muted')!.textContent = '⚠ Ungültiger Handle';
  expect(read(invalid, PROFILE, 'profile')[0]?.shown).toEqual({ ...CHURNER, handle: null });
});

test('a handle between direction marks is the same', () => {
  const document = fixturePage('profile');
  document.querySelector('.muted')!.textContent = `\u202a@${CAST.handle}\u202c`;
  expect(read(document, PROFILE, 'profile')[0]?.shown).toEqual(CHURNER);
});

test('pages', () => {
  expect(pageAt('https://bsky.app/profile/a.example')?.expects).toBe('profile');
  expect(pageAt('https://bsky.app/profile/did:plc:abc')?.expects).toBe('profile');
  expect(pageAt('https://bsky.app/profile/a.example/followers')?.expects).toBeNull();
  expect(pageAt('https://bsky.app/')?.expects).toBeNull();
  expect(pageAt('http://localhost:8080/demo/profile/a.example')?.expects).toBe('profile');
  expect(pageAt('http://localhost:8080/accounts/bluesky/a.example')).toBeNull();
});

const SNAPSHOTS = join(import.meta.dirname, '../../../shared/snapshots');
for (const name of ['bsky__metascraper__profile.html', 'bsky-fork__profile_loggedout.html']) {
  const file = join(SNAPSHOTS, name);
  if (!existsSync(file)) console.warn(`NOT CHECKED AGAINST REAL PAGES: ${file} is absent`);

  test.skipIf(!existsSync(file))(`a real page: ${name}`, () => {
    const html = readFileSync(file, 'utf8');
    const handle = /href="\/profile\/([^"/]+)\/followers"/.exec(html)?.[1] ?? '';
    const found = read(parsePage(html), `https://bsky.app/profile/${handle}`, 'profile');
    expect(found.map(({ shown }) => shown?.handle)).toEqual([handle]);
  });
}
