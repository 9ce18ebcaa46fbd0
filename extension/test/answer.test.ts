import { expect, test } from 'vitest';
import type { ShownAccount } from '../src/lookup/account';
import { askByName } from '../src/lookup/answer';
import { ServiceClient } from '../src/lookup/service';
import { Clock, FakeService } from './fakes';
import { ACCOUNT, VERDICT } from './wireSamples';

const SERVICE = 'https://service.example';
const BY_HANDLE: ShownAccount = { network: 'bluesky', handle: ACCOUNT.handle, nativeId: null };
const PATH = `/v1/accounts/bluesky/${ACCOUNT.handle}`;
const MISSING = { code: 'follows', have: 12, need: 50, detail: 'Only 12 follows were seen; 50 are needed.' };

const held = (practice: string, standing: string, changes: object = {}) => ({
  ...VERDICT,
  practice,
  standing,
  missing: [],
  ...changes,
});

const assessed = (changes: object = {}) => ({
  account: { ...ACCOUNT, profileUrl: `https://bsky.app/profile/${ACCOUNT.handle}` },
  status: 'assessed',
  asOf: '2026-11-22T10:00:00Z',
  stale: false,
  verdicts: [
    held('follow-churn', 'likely'),
    held('auto-dm', 'unknown', { missing: [MISSING], reviewAt: null }),
    held('buys-followers', 'not-found', { reviewAt: null }),
  ],
  links: { page: 'javascript:alert(1)' },
  ...changes,
});

function asking(account: ShownAccount = BY_HANDLE) {
  const service = new FakeService();
  const client = new ServiceClient(SERVICE, service.fetch);
  return { service, ask: () => askByName(SERVICE, account, client, new Clock().now) };
}

test('every practice with its standing, and a link to the chosen service only', async () => {
  const { service, ask } = asking();
  service.json(PATH, assessed());
  const answer = await ask();
  expect(answer).toMatchObject({
    assessment: {
      account: ACCOUNT,
      status: 'assessed',
      stale: false,
      page: `${SERVICE}/accounts/bluesky/${ACCOUNT.handle}`,
      verdicts: [
        { practice: 'follow-churn', standing: 'likely' },
        { practice: 'auto-dm', standing: 'unknown', missing: [MISSING] },
        { practice: 'buys-followers', standing: 'not-found' },
      ],
    },
  });
  expect(JSON.stringify(answer)).not.toContain('javascript');
});

test('asks once, without cache, cookies, referrer or redirects', async () => {
  const { service, ask } = asking();
  service.json(PATH, assessed());
  await ask();
  expect(service.asked).toHaveLength(1);
  expect(service.asked[0]!.init).toMatchObject({
    method: 'GET',
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
  });
});

test.each<[string, ShownAccount, string]>([
  [
    'a DID as it is',
    { ...BY_HANDLE, nativeId: ACCOUNT.nativeId },
    `/v1/accounts/bluesky/${encodeURIComponent(ACCOUNT.nativeId)}`,
  ],
  [
    'an id of X encoded',
    { network: 'x', handle: 'gwen_example', nativeId: '101198' },
    '/v1/accounts/x/id%3AMTAxMTk4',
  ],
  [
    'an actor URI encoded, in base64url',
    { network: 'mastodon', handle: null, nativeId: 'https://social.example/users/gwen?>>' },
    `/v1/accounts/mastodon/${encodeURIComponent('id:aHR0cHM6Ly9zb2NpYWwuZXhhbXBsZS91c2Vycy9nd2VuPz4-')}`,
  ],
  [
    'a handle with its host',
    { network: 'mastodon', handle: 'gwen@social.example', nativeId: null },
    '/v1/accounts/mastodon/gwen%40social.example',
  ],
])('names %s', async (_, account, path) => {
  const { service, ask } = asking(account);
  service.json(path, assessed({ account: { ...account, profileUrl: '' }, status: 'unknown', verdicts: [] }));
  expect(await ask()).toMatchObject({ assessment: { status: 'unknown', verdicts: [] } });
  expect(service.asked.map((request) => request.path)).toEqual([path]);
});

test('unknown, not listed and out of date are told apart', async () => {
  const { service, ask } = asking();
  service.json(PATH, assessed({ status: 'unknown' }));
  expect(await ask()).toMatchObject({ assessment: { status: 'unknown', stale: false } });
  service.json(PATH, assessed({ status: 'not-listed', stale: true, verdicts: [] }));
  expect(await ask()).toMatchObject({ assessment: { status: 'not-listed', stale: true } });
});

test.each([
  ['another handle', { ...ACCOUNT, handle: 'rosa.example' }],
  ['another network', { ...ACCOUNT, network: 'x' }],
  ['no handle', { ...ACCOUNT, handle: null }],
  ['a look-alike', { ...ACCOUNT, handle: ACCOUNT.handle.replace('g', '\u0261') }],
])('an answer about %s accuses nobody', async (_, account) => {
  const { service, ask } = asking();
  service.json(PATH, assessed({ account }));
  expect(await ask()).toEqual({ failure: 'invalid' });
});

test('an answer by id must have that id, whatever the handle', async () => {
  const { service, ask } = asking({ ...BY_HANDLE, nativeId: ACCOUNT.nativeId });
  const path = `/v1/accounts/bluesky/${encodeURIComponent(ACCOUNT.nativeId)}`;
  service.json(path, assessed({ account: { ...ACCOUNT, nativeId: 'did:plc:someoneelse' } }));
  expect(await ask()).toEqual({ failure: 'invalid' });
  service.json(path, assessed({ account: { ...ACCOUNT, handle: 'renamed.example' } }));
  expect(await ask()).toMatchObject({ assessment: { account: { handle: 'renamed.example' } } });
});

test.each([
  ['nothing', null],
  ['a list', []],
  ['no verdicts', assessed({ verdicts: undefined })],
  ['verdicts that are none', assessed({ verdicts: 'likely' })],
  ['a status of its own', assessed({ status: 'guilty' })],
  ['no date', assessed({ asOf: 'yesterday' })],
  ['an account that is none', assessed({ account: 7 })],
])('%s is no answer', async (_, body) => {
  const { service, ask } = asking();
  service.json(PATH, body);
  expect(await ask()).toEqual({ failure: 'invalid' });
});

test('a malformed verdict is left out alone, and so are two that contradict each other', async () => {
  const { service, ask } = asking();
  service.json(
    PATH,
    assessed({
      verdicts: [
        held('follow-churn', 'guilty'),
        held('auto-dm', 'likely'),
        held('auto-dm', 'not-found'),
        held('never-replies', 'signs', {
          missing: [MISSING, { code: '<b>', have: 1, need: 2 }, 7],
          caveats: 'none',
        }),
        held('unfollow-shaming', 'signs', { statement: '\u202e<b>3\u200b posts</b>' }),
        null,
      ],
    }),
  );
  const answer = await ask();
  expect('assessment' in answer && answer.assessment.verdicts).toMatchObject([
    { practice: 'never-replies', missing: [MISSING], caveats: [] },
    { practice: 'unfollow-shaming', statement: '<b>3 posts</b>' },
  ]);
});

test('what has lapsed is not told', async () => {
  const { service, ask } = asking();
  service.json(
    PATH,
    assessed({ verdicts: [held('follow-churn', 'likely', { reviewAt: '2026-11-22T09:59:59Z' })] }),
  );
  expect(await ask()).toMatchObject({ assessment: { verdicts: [] } });
});

test.each([
  ['30', 30_000],
  ['999999999', 86_400_000],
])('too many requests: it says when to ask again (%s)', async (seconds, wait) => {
  const { service, ask } = asking();
  service.answers.set(PATH, () =>
    Response.json({ code: 'quota-exceeded' }, { status: 429, headers: { 'retry-after': seconds } }),
  );
  expect(await ask()).toEqual({ failure: 'too-many-requests', retryAt: new Clock().time + wait });
});

test.each([
  ['without saying when', {}],
  ['with nonsense for it', { 'retry-after': 'soon' }],
])('too many requests, %s', async (_, headers: Record<string, string>) => {
  const { service, ask } = asking();
  service.answers.set(PATH, () => Response.json({}, { status: 429, headers }));
  expect(await ask()).toEqual({ failure: 'too-many-requests' });
});

test('away, a page of somebody else, an answer without end', async () => {
  const { service, ask } = asking();
  service.answers.set(PATH, () => Response.json({ code: 'unavailable' }, { status: 503 }));
  expect(await ask()).toEqual({ failure: 'away' });
  service.answers.set(PATH, () => new Response('<!doctype html>'));
  expect(await ask()).toEqual({ failure: 'invalid' });
  service.answers.set(PATH, () => new Response('['.repeat(600 * 1024)));
  expect(await ask()).toEqual({ failure: 'invalid' });
  service.away = true;
  expect(await ask()).toEqual({ failure: 'away' });
});

test('nobody is asked about an account without a name', async () => {
  const { service, ask } = asking({ network: 'bluesky', handle: null, nativeId: null });
  expect(await ask()).toEqual({ failure: 'invalid' });
  expect(service.asked).toEqual([]);
});
