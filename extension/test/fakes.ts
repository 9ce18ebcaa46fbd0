import type { Shelf } from '../src/lookup/shelf';

/** A shelf that forgets at the end of the test, and can be made to fail. */
export class MemoryShelf implements Shelf {
  readonly values = new Map<string, unknown>();
  broken = false;

  get(key: string): Promise<unknown> {
    return this.broken ? Promise.reject(new Error('no disk')) : Promise.resolve(this.values.get(key));
  }

  put(key: string, value: unknown): Promise<void> {
    if (this.broken) return Promise.reject(new Error('no disk'));
    this.values.set(key, value);
    return Promise.resolve();
  }

  prune(keep: (value: unknown) => boolean): Promise<void> {
    for (const [key, value] of this.values) if (!keep(value)) this.values.delete(key);
    return Promise.resolve();
  }
}

/** A clock that stands still until it is set. */
export class Clock {
  time = Date.parse('2026-11-22T10:00:00Z');
  readonly now = (): number => this.time;

  forward(seconds: number): void {
    this.time += seconds * 1000;
  }
}

/** A fetch that answers by path and records what was asked. */
export class FakeService {
  readonly asked: { path: string; init: RequestInit; headers: Record<string, string> }[] = [];
  readonly answers = new Map<string, () => Response | Promise<Response>>();
  away = false;

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const path = new URL(input as string).pathname;
    const headers: Record<string, string> = {};
    new Headers(init.headers).forEach((value, name) => {
      headers[name.toLowerCase()] = value;
    });
    this.asked.push({ path, init, headers });
    if (this.away) throw new TypeError('network error');
    const answer = this.answers.get(path);
    return answer ? answer() : new Response(null, { status: 404 });
  };

  json(path: string, body: unknown, headers: Record<string, string> = {}): void {
    this.answers.set(path, () => Response.json(body, { headers }));
  }

  count(path: string): number {
    return this.asked.filter((request) => request.path === path).length;
  }
}
