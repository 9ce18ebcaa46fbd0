import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountKeys, type Network } from '../src/lookup/account';
import { encodeDelta, encodeList } from '../test/encodeList';
import { ReportersDoor } from './reportersDoor';

/** How the service behaves: well, or as one that is broken, hostile or somebody else's. */
export type Conduct =
  'good' | 'html' | 'huge' | 'torn' | 'wrong-sha' | 'wrong-types' | 'other-account' | 'other-hash';

export interface ListedAccount {
  network: Network;
  handle: string;
  nativeId: string;
  /** Replaces parts of the verdict on this one. */
  verdict?: Record<string, unknown>;
}

/** A small service with real encodings that records what it is asked and misbehaves on demand. */
export interface TestService {
  url: string;
  conduct: Conduct;
  listed: ListedAccount[];
  /** Entries of the list that belong to nobody asked about, for lists as long as a real one. */
  fillers: Uint32Array;
  version: number;
  /** The entries of each version that was handed out: what deltas are made from. */
  published: Map<number, number[]>;
  /** Replaces parts of the verdict. */
  verdict: Record<string, unknown>;
  reporters: ReportersDoor;
  /** Replaces parts of what is answered about an account by its name; a status other than 200 refuses. */
  account: { status?: number; headers?: Record<string, string>; body?: Record<string, unknown> };
  requests: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[];
  close(): Promise<void>;
}

export async function startTestService(listed: ListedAccount[]): Promise<TestService> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: TestService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    conduct: 'good',
    listed,
    fillers: new Uint32Array(),
    version: 7,
    published: new Map(),
    verdict: {},
    reporters: new ReportersDoor(),
    account: {},
    requests: [],
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      service.requests.push({ method, url, headers, body });
      const toReporter = service.reporters.answer(method, url, headers.authorization, body);
      if (toReporter === null) answer(service, url, headers, response);
      else {
        response.writeHead(toReporter.status, { 'content-type': 'application/json' });
        response.end(toReporter.body === undefined ? undefined : JSON.stringify(toReporter.body));
      }
    });
  });
  return service;
}

function answer(
  service: TestService,
  url: string,
  headers: IncomingHttpHeaders,
  response: ServerResponse,
): void {
  if (service.conduct === 'html') {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Sign in to the Wi-Fi</title>');
    return;
  }
  const prefixes = prefixesOf(service);
  service.published.set(service.version, prefixes);
  const bytes = encodeList(service.version, prefixes);
  const older = Number(/^\/v1\/list\/\d+\/since\/(\d+)$/.exec(url)?.[1]);
  const former = service.published.get(older);
  if (url === '/v1/list') sendJson(response, headers, manifest(service, bytes, prefixes.length));
  else if (former !== undefined) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(encodeDelta(older, service.version, former, prefixes));
  } else if (url.startsWith('/v1/list/')) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    if (service.conduct === 'huge') flood(response);
    else response.end(service.conduct === 'torn' ? bytes.subarray(0, bytes.length / 2) : bytes);
  } else if (url.startsWith('/v1/accounts/')) {
    const { status = 200, headers: more = {} } = service.account;
    const body = status === 200 ? assessment(service, url) : { status, code: 'refused' };
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body));
  } else if (url.startsWith('/v1/ranges/')) {
    const prefix = url.slice('/v1/ranges/'.length);
    if (prefix.length !== 1) {
      response
        .writeHead(400, { 'content-type': 'application/problem+json' })
        .end('{"code":"wrong-prefix-length"}');
    } else
      sendJson(response, headers, {
        entries: entries(service).filter(({ hash }) => hash.startsWith(prefix)),
        padding: 'x'.repeat(500),
      });
  } else response.writeHead(404).end();
}

function sendJson(response: ServerResponse, headers: IncomingHttpHeaders, body: unknown): void {
  const text = JSON.stringify(body);
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
  if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { 'content-type': 'application/json', etag }).end(text);
}

/** More than anybody should read, sent until the reader hangs up. */
function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(1024 * 1024, 7);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

function hashesOf({ network, handle, nativeId }: ListedAccount): string[] {
  return accountKeys({ network, handle, nativeId }).map((key) =>
    createHash('sha256').update(key).digest('hex').slice(0, 32),
  );
}

function prefixesOf({ listed, fillers }: TestService): number[] {
  const prefixes = listed.flatMap(hashesOf).map((hash) => parseInt(hash.slice(0, 8), 16));
  return [...new Set([...prefixes, ...fillers])].sort((one, other) => one - other);
}

function manifest({ conduct, version }: TestService, bytes: Uint8Array, entries: number): unknown {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    version,
    entries: conduct === 'wrong-types' ? 'many' : entries,
    prefixLength: 1,
    sha256: conduct === 'wrong-sha' ? sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) : sha256,
    bytes: bytes.length,
    publishedAt: '2026-11-22T10:00:00Z',
    pollAfterSeconds: 60,
    epoch: 'test',
    demo: false,
  };
}

function entries({ listed, conduct, verdict }: TestService) {
  return listed.flatMap(({ verdict: own, ...account }) =>
    hashesOf(account).map((hash) => ({
      // A collision in the list's four bytes: another account behind the same ones.
      hash: conduct === 'other-hash' ? hash.slice(0, 8) + hash.slice(24) + hash.slice(8, 24) : hash,
      account: {
        ...account,
        // The handle was taken over by somebody else.
        ...(conduct === 'other-account' && { nativeId: 'did:plc:someoneelsesomeoneelses' }),
        profileUrl: `https://bsky.app/profile/${account.handle}`,
      },
      verdicts: [{ ...VERDICT, ...verdict, ...own }],
    })),
  );
}

/** What is held of an account by its name: a listed one has a verdict that speaks against it, others have none. */
function assessment({ listed, verdict, account: { body } }: TestService, url: string): unknown {
  const [network = '', name = ''] = url.slice('/v1/accounts/'.length).split('/').map(decodeURIComponent);
  const known = listed.find(
    (account) => account.network === network && [account.handle, account.nativeId].includes(name),
  );
  const isId = name.startsWith('did:');
  const missing = { code: 'recipients', have: 1, need: 5, detail: 'Only 1 recipient told of it.' };
  return {
    account: known ?? { network, handle: isId ? null : name, nativeId: isId ? name : null },
    status: known ? 'assessed' : 'unknown',
    asOf: '2026-11-22T10:00:00Z',
    stale: false,
    verdicts: [
      ...(known ? [{ ...VERDICT, ...verdict }] : [nothingOn('follow-churn', 'unknown')]),
      nothingOn('buys-followers', known ? 'not-found' : 'unknown'),
      { ...nothingOn('auto-dm', 'unknown'), missing: [missing] },
      known
        ? {
            ...VERDICT,
            practice: 'auto-follow-back',
            standing: 'signs',
            statement: '12 of 14 were followed back.',
          }
        : nothingOn('auto-follow-back', 'unknown'),
      nothingOn('unfollow-shaming', known ? 'cleared' : 'unknown'),
      nothingOn('automated-promotion', 'unknown'),
      nothingOn('never-replies', 'unknown'),
    ],
    links: { page: 'https://elsewhere.example/' },
    ...body,
  };
}

const nothingOn = (practice: string, standing: string) => ({
  ...VERDICT,
  practice,
  standing,
  statement:
    standing === 'unknown' ? 'Too little was seen to say anything.' : 'Nothing of the kind was seen.',
  reasons: [],
  spark: null,
  caveats: [],
  reviewAt: null,
});

const VERDICT = {
  practice: 'follow-churn',
  standing: 'likely',
  confidence: null,
  disputed: false,
  statement:
    '21 Sep – 19 Nov, 836 follows. Of follows not returned, about 59 in 100 were dropped within 28 days (at least 50). At the same age they were dropped 7.8 times as often as returned ones (at least 3).',
  reasons: [
    {
      code: 'dropped-within-28-days',
      value: 0.59,
      interval: [0.5, 0.67],
      threshold: 0.4,
      n: 612,
      from: '2026-09-21',
      to: '2026-11-19',
    },
    { code: 'selectivity-at-equal-age', value: 7.8, interval: [3.0, 19], threshold: 2 },
    { code: 'weeks-with-follows', value: 8, threshold: 2 },
    { code: 'weeks-with-drops', value: 7, threshold: 2 },
    { code: 'from-a-newer-service', value: 1 },
  ],
  alibis: [],
  spark: {
    from: '2026-10-23',
    followed: [
      7, 12, 18, 15, 20, 21, 22, 14, 19, 20, 24, 9, 25, 20, 24, 14, 23, 9, 15, 24, 22, 8, 17, 14, 24, 16, 19,
      17,
    ],
    unfollowed: [
      2, 0, 1, 1, 1, 1, 0, 18, 6, 13, 20, 14, 18, 15, 21, 11, 11, 10, 10, 15, 20, 9, 14, 9, 6, 11, 21, 8,
    ],
  },
  missing: [],
  caveats: ['pruning-own-list', 'never-answered', 'from-a-newer-service'],
  sources: { measured: 1, reported: 0 },
  detector: 'follow-churn/1',
  asOf: '2026-11-22T10:00:00Z',
  reviewAt: '2027-02-20T10:00:00Z',
};
