import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, UnexpectedAnswer } from '../src/call';
import { getAccount, getListManifest, getRange, hello, lookUp } from '../src/client';

test('src/client.ts is in step with openapi.yaml (npm run api renews it)', () => {
  const root = join(import.meta.dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  try {
    execFileSync(process.execPath, [join(root, 'scripts/generate-client.mjs'), join(folder, 'client.ts')]);
    const generated = readFileSync(join(folder, 'client.ts'), 'utf8');
    expect(generated).toBe(readFileSync(join(root, 'src/client.ts'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);

/** A service that answers so, and what it was asked. */
function answering(answer: () => Response, address = 'https://fairfollow.example') {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return Promise.resolve(answer());
  };
  return { address, fetch, asked };
}

test('names are encoded, and an address may end with a slash', async () => {
  const problem = { status: 400, title: 't', code: 'invalid-account', detail: 'd' };
  const service = answering(() => Response.json(problem, { status: 400 }), 'https://fairfollow.example/');
  const answer = await getAccount(service, { network: 'mastodon', name: '@a@b.example/../?x=1#y %2e é' });
  expect(service.asked[0]?.url).toBe(
    'https://fairfollow.example/v1/accounts/mastodon/%40a%40b.example%2F..%2F%3Fx%3D1%23y%20%252e%20%C3%A9',
  );
  expect(answer.status === 400 && answer.body.code).toBe('invalid-account');
});

test.each(['', '.', '..'])('"%s" is no part of a path', (prefix) => {
  const service = answering(() => Response.json({ entries: [] }));
  expect(() => getRange(service, { prefix })).toThrow(TypeError);
  expect(service.asked).toEqual([]);
});

test('bodies go as JSON, with the headers and the signal of the caller', async () => {
  const service = answering(() => Response.json({ results: [] }));
  const { signal } = new AbortController();
  const answer = await lookUp(
    service,
    { accounts: [{ network: 'x', name: 'gwen' }] },
    { headers: { Authorization: 'Bearer ffk_x' }, signal },
  );
  expect(answer).toMatchObject({ status: 200, body: { results: [] } });
  const { init } = service.asked[0]!;
  expect(init).toMatchObject({
    method: 'POST',
    body: '{"accounts":[{"network":"x","name":"gwen"}]}',
    signal,
  });
  expect(new Headers(init.headers).get('content-type')).toBe('application/json');
  expect(new Headers(init.headers).get('authorization')).toBe('Bearer ffk_x');
});

test('a query holds what was given, encoded', async () => {
  const service = answering(() => new Response('{}'));
  const query = { after: 'a b&c', limit: 0, live: false, absent: undefined };
  await call<'hello'>(service, { method: 'GET', path: '/v1/x', query, answers: { 200: 'json' } }, {});
  expect(service.asked[0]?.url).toBe('https://fairfollow.example/v1/x?after=a+b%26c&limit=0&live=false');
});

test('what is unchanged has no body, text is text', async () => {
  const unchanged = answering(() => new Response(null, { status: 304, headers: { etag: '"1"' } }));
  const answer = await getListManifest(unchanged, { headers: { 'If-None-Match': '"1"' } });
  expect(answer).toMatchObject({ status: 304, body: undefined });
  expect(answer.headers.get('etag')).toBe('"1"');
  expect((await hello(answering(() => new Response('hello')))).body).toBe('hello');
});

test.each<[string, () => Response]>([
  ['another status', () => new Response(null, { status: 502 })],
  ['a page for JSON', () => new Response('<!doctype html>')],
  ['no UTF-8', () => new Response(new Uint8Array([0x22, 0xff, 0x22]))],
])('%s is unexpected', async (_, answer) => {
  await expect(getListManifest(answering(answer))).rejects.toThrow(UnexpectedAnswer);
});
