import { createHash } from 'node:crypto';

/** What a service answers. */
export interface Answered {
  status: number;
  body?: unknown;
}

const PROBLEM = { status: 401, body: { code: 'unauthorized' } };

/** The calls of contributors, as openapi.yaml says; null for any other call. */
export class ReportersDoor {
  readonly tokens = new Set<string>();
  /** What was told and not erased, by token. */
  readonly told = new Map<string, unknown[]>();
  away = false;
  /** The work to do is small: tests wait for it. */
  private readonly number = 321;
  private readonly used = new Set<string>();

  answer(method: string, url: string, authorization: string | undefined, body: string): Answered | null {
    const call = `${method} ${url}`;
    const token = authorization?.replace(/^Bearer /, '') ?? '';
    if (!/^\/v1\/(reporters|observations)/.test(url)) return null;
    if (this.away) return { status: 503, body: { code: 'unavailable' } };
    if (call === 'GET /v1/reporters/challenge') return { status: 200, body: this.challenge() };
    if (call === 'POST /v1/reporters') return this.become(body);
    if (call === 'DELETE /v1/reporters/me') {
      this.told.delete(token);
      return this.tokens.delete(token) ? { status: 204 } : PROBLEM;
    }
    if (call !== 'POST /v1/observations') return { status: 404 };
    if (!this.tokens.has(token)) return PROBLEM;
    const { observations } = JSON.parse(body) as { observations: unknown[] };
    this.told.set(token, [...(this.told.get(token) ?? []), ...observations]);
    return { status: 202, body: { accepted: observations.length, duplicates: 0, rejected: [] } };
  }

  private challenge() {
    const salt = `${'ab'.repeat(12)}?expires=1795344000&`;
    const challenge = createHash('sha256').update(`${salt}${this.number}`).digest('hex');
    return { algorithm: 'SHA-256', challenge, maxnumber: 1000, salt, signature: 'signed' };
  }

  private become(body: string): Answered {
    const solved = JSON.parse(body) as { challenge: unknown; number: unknown };
    if (
      solved.number !== this.number ||
      JSON.stringify(solved.challenge) !== JSON.stringify(this.challenge())
    ) {
      return { status: 400, body: { code: 'invalid-challenge' } };
    }
    const token = `ffr_${String(this.used.size).padStart(32, 't')}`;
    this.used.add(token);
    this.tokens.add(token);
    return { status: 201, body: { publicId: 'reporter-0123456789abcdef', secretToken: token } };
  }
}
