/* What the functions of client.ts have in common. */
import type { operations } from './api';

/** Where the service is and how it is reached. */
export interface Service {
  /** Without a path, such as `https://fairfollow.example`. */
  address: string;
  /** Instead of the platform's own. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What a call may answer: by status, with the body the contract says. */
export type Answer<Name extends keyof operations> = {
  [Status in keyof Responses<Name>]: {
    status: Status;
    headers: Headers;
    body: Content<Responses<Name>[Status]>;
  };
}[keyof Responses<Name>];

/** An answer the contract does not name: another status, or a body that is not what it should be. */
export class UnexpectedAnswer extends Error {
  constructor(readonly response: Response) {
    super(`unexpected answer, status ${response.status}`);
  }
}

type Responses<Name extends keyof operations> = operations[Name]['responses'];

/** JSON is parsed, text read; of anything else the response is handed on, unread. */
type Content<Answered> = Answered extends { content: infer Types }
  ? Types extends { 'application/json': infer Json } | { 'application/problem+json': infer Json }
    ? Json
    : Types extends { 'text/plain': string }
      ? string
      : Response
  : undefined;

/** The JSON a call takes. */
export type Body<Name extends keyof operations> = operations[Name] extends {
  requestBody: { content: { 'application/json': infer Json } };
}
  ? Json
  : never;

/** A call of the contract; the body is read as its status says. */
export interface Call {
  method: string;
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  answers: Record<number, 'json' | 'text' | 'raw' | 'none'>;
}

/** Makes a call. Throws what fetch throws, and {@link UnexpectedAnswer}. */
export async function call<Name extends keyof operations>(
  service: Service,
  request: Call,
  init: RequestInit,
): Promise<Answer<Name>> {
  const { method, path, query = {}, body, answers } = request;
  const url = new URL(service.address.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers = new Headers(init.headers);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const response = await (service.fetch ?? fetch)(url.href, {
    ...init,
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { status, headers: answered } = response;
  // The contract is where the body's type comes from; what it is at run time, the service alone decides.
  const answer = (content: unknown) => ({ status, headers: answered, body: content }) as Answer<Name>;
  switch (answers[status]) {
    case 'none':
      return answer(undefined);
    case 'text':
      return answer(await response.text());
    case 'raw':
      return answer(response);
    case 'json': {
      const bytes = await response.arrayBuffer();
      try {
        return answer(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
      } catch {
        throw new UnexpectedAnswer(response);
      }
    }
    default:
      throw new UnexpectedAnswer(response);
  }
}

/** A part of a path. An address swallows `.` and `..`, and would become that of another call. */
export function segment(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw new TypeError('a part of the path is empty, "." or ".."');
  return encodeURIComponent(value);
}
