import { browser } from 'wxt/browser';
import type { Sent, SentPage, Weighed } from './answers';
import type { Waiting } from './queue';
import type { Outcome, ReportsView } from './reporting';

/* What the extension's own pages ask of the background about reports. */

type Order = Pick<Waiting, 'id' | 'service' | 'shown' | 'body'>;

export type ReportRequest =
  | { type: 'report'; ask: 'view' } // answers ReportsView
  | { type: 'report'; ask: 'send'; order: Order } // answers Outcome
  | { type: 'report'; ask: 'try' } // tries all that waits; answers nothing
  | { type: 'report'; ask: 'sent'; after: string | null } // answers SentPage
  | { type: 'report'; ask: 'weighed' } // answers Weighed
  | { type: 'report'; ask: 'withdraw-waiting'; id: string } // answers whether nothing of it is left
  | { type: 'report'; ask: 'withdraw-sent'; service: string; report: Sent }; // answers whether it is gone

/** Announces to open pages that something changed (null), or how much of the proof of work is done (0 to 1). */
export const REPORTS = 'reports';

const LONGEST_BODY = 16 * 1024;

export const reportsView = () => ask<ReportsView>({ type: 'report', ask: 'view' });

export const sendReport = (order: Order) => ask<Outcome>({ type: 'report', ask: 'send', order });

export const tryReports = () => ask<null>({ type: 'report', ask: 'try' });

export const sentReports = (after: string | null) => ask<SentPage>({ type: 'report', ask: 'sent', after });

export const weighedReports = () => ask<Weighed>({ type: 'report', ask: 'weighed' });

export const withdrawWaiting = (id: string) => ask<boolean>({ type: 'report', ask: 'withdraw-waiting', id });

export const withdrawSent = (service: string, report: Sent) =>
  ask<boolean>({ type: 'report', ask: 'withdraw-sent', service, report });

export function parseReportRequest(message: unknown): ReportRequest | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, ask, order, after, id, service, report } = message as Partial<Record<string, unknown>>;
  if (type !== 'report') return null;
  if (ask === 'view' || ask === 'try' || ask === 'weighed') return { type, ask };
  if (ask === 'send' && isOrder(order)) return { type, ask, order };
  if (ask === 'sent' && (after === null || typeof after === 'string')) return { type, ask, after };
  if (ask === 'withdraw-waiting' && typeof id === 'string') return { type, ask, id };
  if (ask === 'withdraw-sent' && typeof service === 'string' && isSent(report))
    return { type, ask, service, report };
  return null;
}

function isOrder(value: unknown): value is Order {
  if (typeof value !== 'object' || value === null) return false;
  const { id, service, shown, body } = value as Partial<Record<string, unknown>>;
  const texts = [id, service, shown, body];
  return texts.every((text) => typeof text === 'string') && (body as string).length <= LONGEST_BODY;
}

function isSent(value: unknown): value is Sent {
  if (typeof value !== 'object' || value === null) return false;
  const { id, network, name, practice } = value as Partial<Record<string, unknown>>;
  return [id, network, name, practice].every((text) => typeof text === 'string');
}

/** Null where the background does not answer, or has nothing to say. */
async function ask<T>(request: ReportRequest): Promise<T | null> {
  try {
    return (await browser.runtime.sendMessage<ReportRequest, T | undefined>(request)) ?? null;
  } catch {
    return null;
  }
}
