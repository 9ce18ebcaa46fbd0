import { describe, expect, test } from 'vitest';
import { parseName } from '../src/account/name';

const x = (handle: string) => ({ network: 'x', handle, nativeId: null });
const bluesky = (handle: string) => ({ network: 'bluesky', handle, nativeId: null });
const mastodon = (handle: string) => ({ network: 'mastodon', handle, nativeId: null });
const DID = 'did:plc:growthgrowthgrowthgrowth';

describe('what people type and paste', () => {
  test.each([
    ['gwen_example', x('gwen_example')],
    ['@Gwen_Example', x('Gwen_Example')],
    ['https://x.com/gwen_example', x('gwen_example')],
    ['https://twitter.com/gwen_example/status/12?s=20', x('gwen_example')],
    ['HTTPS://MOBILE.TWITTER.COM/gwen_example/followers', x('gwen_example')],
    ['x.com/gwen_example', x('gwen_example')],
    ['gwen.growth.example', bluesky('gwen.growth.example')],
    ['  @gwen.growth.example\n', bluesky('gwen.growth.example')],
    ['\u202a@gwen.growth.example\u202c', bluesky('gwen.growth.example')],
    ['https://bsky.app/profile/gwen.growth.example', bluesky('gwen.growth.example')],
    ['bsky.app/profile/gwen.growth.example/post/3k', bluesky('gwen.growth.example')],
    [DID, { network: 'bluesky', handle: null, nativeId: DID }],
    [`https://bsky.app/profile/${DID}`, { network: 'bluesky', handle: null, nativeId: DID }],
    [
      `https://bsky.app/profile/${encodeURIComponent(DID)}`,
      { network: 'bluesky', handle: null, nativeId: DID },
    ],
    ['did:web:gwen.example', { network: 'bluesky', handle: null, nativeId: 'did:web:gwen.example' }],
    ['gwen@social.example', mastodon('gwen@social.example')],
    ['@Gwen@Social.Example', mastodon('Gwen@social.example')],
    ['@gwen@bücher.example', mastodon('gwen@xn--bcher-kva.example')],
    ['https://social.example/@gwen', mastodon('gwen@social.example')],
    ['https://social.example/@gwen/followers', mastodon('gwen@social.example')],
    ['https://social.example/@gwen@remote.example', mastodon('gwen@remote.example')],
    ['https://elk.example/social.example/@gwen', mastodon('gwen@social.example')],
    ['https://elk.example/social.example/@gwen@remote.example/12', mastodon('gwen@remote.example')],
    [
      'https://Social.example/users/Gwen',
      { network: 'mastodon', handle: null, nativeId: 'https://social.example/users/Gwen' },
    ],
    [
      'https://social.example/ap/users/112233/',
      { network: 'mastodon', handle: null, nativeId: 'https://social.example/ap/users/112233' },
    ],
  ])('%j', (text, account) => {
    expect(parseName(text)).toEqual(account);
  });
});

describe('nobody for certain', () => {
  test.each([
    '',
    '@',
    '   ',
    'two words',
    'sixteen_letters_',
    'https://x.com/',
    'https://x.com/home',
    'https://x.com/i/status/12',
    'https://x.com/Search?q=gwen',
    'https://x.com.evil.example/gwen',
    'https://gwen@x.com/rosa',
    'https://x.com:8443/gwen',
    'https://bsky.app/',
    'https://bsky.app/search?q=gwen.example',
    'https://bsky.app/profile/not a handle',
    'https://bsky.app/profile/%E0%A4%A',
    'did:key:z6Mk',
    'did:plc:UPPER',
    'gwen@',
    '@social.example@',
    'gwen@social.example@remote.example',
    'gwen@localhost',
    'gwen@social.example:8443',
    'gwen@social%2Eexample',
    'https://phanpy.example/#/social.example/a/1122',
    'https://social.example/about',
    'https://social.example/users/gwen/followers',
    'javascript:alert(1)//@gwen',
  ])('%j', (text) => {
    expect(parseName(text)).toBeNull();
  });
});

test('not even read when it is longer than any name', () => {
  expect(parseName(`https://social.example/@gwen/${'a'.repeat(3000)}`)).toBeNull();
});

describe('look-alikes are never mended into the name they imitate', () => {
  test.each([
    ['the Kelvin sign', 'ro\u212aa.example'],
    ['a Cyrillic letter', 'gw\u0435n.example'],
    ['a Cyrillic letter in a user', 'gw\u0435n@social.example'],
    ['full-width letters', 'gwen@\uff53ocial.example'],
    ['the Kelvin sign in a host', 'gwen@\u212aiosk.example'],
    ['an invisible character inside', 'gw\u200ben.example'],
    ['an invisible character in a host', 'gwen@so\u00adcial.example'],
    ['a dot of another script', 'gwen\u3002example'],
  ])('%s', (_, text) => {
    expect(parseName(text)).toBeNull();
  });

  test('a host in another script is asked for as what it is', () => {
    expect(parseName('gwen@s\u043ecial.example')).toEqual(mastodon('gwen@xn--scial-jye.example'));
    expect(parseName('https://\u0445.com/gwen_example')).toBeNull();
  });
});
