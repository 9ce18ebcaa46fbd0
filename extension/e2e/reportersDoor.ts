import { createHash } from 'node:crypto';

/** What a service answers. */
export interface Answered {
  status: number;
  body?: unknown;
}

const PROBLEM = { status: 401, body: { code: 'unauthorized' } };
const NOT_FOUND = { status: 404, body: { code: 'not-found' } };
const NOW = '2026-11-22T10:00:00Z';

interface Report {
  id: string;
  state: string;
  [field: string]: unknown;
}

/** The calls of contributors, as openapi.yaml says; null for any other call. */
export class ReportersDoor {
  readonly tokens = new Set<string>();
  /** What was told and not erased, by token. */
  readonly told = new Map<string, unknown[]>();
  /** Reports that were not withdrawn, the newest first, by token. */
  readonly reports = new Map<string, Report[]>();
  /** What is answered to the next reports instead. */
  refusal: Answered | null = null;
  away = false;
  /** The work to do is small: tests wait for it. */
  private readonly number = 321;
  private readonly used = new Set<string>();
  private made = 1;

  answer(method: string, url: string, authorization: string | undefined, body: string): Answered | null {
    const call = `${method} ${url}`;
    const token = authorization?.replace(/^Bearer /, '') ?? '';
    if (!/^\/v1\/(reporters|observations|reports)/.test(url)) return null;
    if (this.away) return { status: 503, body: { code: 'unavailable' } };
    if (call === 'GET /v1/reporters/challenge') return { status: 200, body: this.challenge() };
    if (call === 'POST /v1/reporters') return this.become(body);
    if (call === 'DELETE /v1/reporters/me') {
      this.told.delete(token);
      this.reports.delete(token);
      return this.tokens.delete(token) ? { status: 204 } : PROBLEM;
    }
    if (!this.tokens.has(token)) return PROBLEM;
    if (call === 'GET /v1/reporters/me') return { status: 200, body: this.weigh(token) };
    if (url.startsWith('/v1/reports')) return this.answerReports(method, url, token, body);
    if (call !== 'POST /v1/observations') return NOT_FOUND;
    const { observations } = JSON.parse(body) as { observations: unknown[] };
    this.told.set(token, [...(this.told.get(token) ?? []), ...observations]);
    return { status: 202, body: { accepted: observations.length, duplicates: 0, rejected: [] } };
  }

  private answerReports(method: string, url: string, token: string, body: string): Answered {
    const own = this.reports.get(token) ?? [];
    if (method === 'GET' && url === '/v1/reports') return { status: 200, body: { reports: own, next: null } };
    if (method === 'POST') {
      if (this.refusal) return this.refusal;
      const { account, practice, note = null, message } = JSON.parse(body) as Record<string, unknown>;
      const former = own.find(
        (one) => JSON.stringify([one.account, one.practice]) === JSON.stringify([account, practice]),
      );
      const id = former?.id ?? `report-${this.made++}`;
      const report = {
        ...{ id, account, practice, state: 'received', note, hasMessage: message !== undefined },
        explanation: 'The account is due to be measured. A report alone marks nobody.',
        ...{ sentAt: NOW, updatedAt: NOW, statusUrl: `http://localhost/v1/reports/${id}` },
      };
      this.reports.set(token, [report, ...own.filter((one) => one !== former)]);
      return { status: 202, body: report };
    }
    const id = url.slice('/v1/reports/'.length);
    const found = own.find((one) => one.id === id);
    if (found === undefined) return NOT_FOUND;
    if (method === 'GET') return { status: 200, body: found };
    this.reports.set(
      token,
      own.filter((one) => one !== found),
    );
    return { status: 204 };
  }

  private weigh(token: string) {
    const received = (this.reports.get(token) ?? []).length;
    return {
      publicId: 'reporter-0123456789abcdef',
      reports: { received, upheld: 1, notUpheld: 0, setAside: 0 },
      trust: {
        weight: 0.5,
        explanation:
          'One of your reports was ruled on, and upheld. New ones count a little more than a newcomer’s.',
      },
    };
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
