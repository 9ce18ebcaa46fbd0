import type { components } from '../api';
import type { Network } from '../lookup/account';
import { count, instant, matching, read, words } from '../lookup/wire';

/*
 * What the service says of one's reports, read with suspicion.
 */

type Schemas = components['schemas'];

/** A report as the service holds it. */
export interface Sent {
  id: string;
  network: Network;
  /** As the service names the account. */
  name: string;
  /** One this version may not know yet, as with states. */
  practice: string;
  state: string;
  explanation: string | null;
  note: string | null;
  hasMessage: boolean;
  sentAt: string;
  updatedAt: string;
}

export interface SentPage {
  reports: Sent[];
  /** Where the next page begins; null on the last. */
  next: string | null;
}

/** How the service weighs what one tells. */
export interface Weighed {
  publicId: string;
  explanation: string | null;
  upheld: number;
  notUpheld: number;
}

/** More than any service gives at once. */
const MOST_REPORTS = 200;

export function parseReport(body: unknown): Sent | null {
  const report = read<Schemas['Report']>(body);
  const account = read<Schemas['AccountNamed']>(report.account);
  const { network } = account;
  const id = matching(report.id, /^(?!\.+$)[\x21-\x7e]{1,128}$/);
  const name = matching(account.name, /^[\x21-\x7e]{1,2800}$/);
  const practice = matching(report.practice, /^[a-z-]{1,64}$/);
  const state = matching(report.state, /^[a-z-]{1,64}$/);
  const sentAt = instant(report.sentAt);
  const updatedAt = instant(report.updatedAt);
  if (network !== 'x' && network !== 'bluesky' && network !== 'mastodon') return null;
  if (id === null || name === null || practice === null || state === null) return null;
  if (sentAt === null || updatedAt === null) return null;
  return {
    id,
    network,
    name,
    practice,
    state,
    explanation: words(report.explanation, 400),
    note: words(report.note, 500),
    hasMessage: report.hasMessage === true,
    sentAt,
    updatedAt,
  };
}

export function parseReports(body: unknown): SentPage | null {
  const { reports, next } = read<SentPage>(body);
  if (!Array.isArray(reports) || reports.length > MOST_REPORTS) return null;
  return {
    reports: reports.map(parseReport).filter((report) => report !== null),
    next: matching(next, /^[\x21-\x7e]{1,256}$/),
  };
}

export function parseWeighed(body: unknown): Weighed | null {
  const { publicId, reports, trust } = read<Schemas['ReporterSelf']>(body);
  const named = matching(publicId, /^reporter-[0-9a-f]{16}$/);
  const { upheld, notUpheld } = read<Schemas['ReporterSelf']['reports']>(reports);
  if (named === null) return null;
  return {
    publicId: named,
    explanation: words(read<Schemas['ReporterSelf']['trust']>(trust).explanation, 600),
    upheld: count(upheld) ?? 0,
    notUpheld: count(notUpheld) ?? 0,
  };
}
