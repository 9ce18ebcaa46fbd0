/*
 * What the service says, read with suspicion: every answer is unknown until it is one of these shapes.
 * A part that is malformed is left out alone; a whole that is malformed is null.
 */
import type { components } from '../api';
import type { Assessment, HeldVerdict, Missing } from './answer';

type Schemas = components['schemas'];

/** An answer before it was looked at: its fields may be anything. A field the contract does not have is an error. */
export type Unread<T> = Partial<Record<keyof T, unknown>>;

/** Placebo, rules and the number of accounts are for people who read the manifest; nothing here depends on them. */
export type Manifest = Omit<Schemas['ListManifest'], 'accounts' | 'placebo' | 'rules'>;

/** The account a verdict is about, as the service knows it. */
export type Account = Pick<Schemas['Account'], 'network' | 'handle' | 'nativeId'>;

/** A listed verdict, as far as it is shown. */
export interface Verdict extends Pick<
  Schemas['Verdict'],
  'disputed' | 'statement' | 'spark' | 'caveats' | 'sources' | 'asOf' | 'reviewAt'
> {
  /** One this version may not know yet. */
  practice: string;
  /** Nothing else is ever listed. */
  standing: 'likely' | 'confirmed';
  reasons: Reason[];
  /** What the account's owner says to it. */
  rebuttal: Rebuttal | null;
  /** When a moderator confirmed or cleared it. */
  reviewedAt: string | null;
}

export interface Rebuttal {
  text: string;
  at: string;
}

export interface Reason extends Pick<Schemas['Reason'], 'code' | 'value'> {
  interval: [low: number, high: number] | null;
}

/** Follows and unfollows by day from a date on; both of the same length. */
export type Spark = NonNullable<Schemas['Spark']>;

export interface RangeEntry {
  hash: string;
  account: Account;
  verdicts: Verdict[];
}

const MAX_RANGE_ENTRIES = 5_000;
const MAX_ITEMS = 20;
const MAX_SPARK = 28;
/** About what a card has room for; the rest stands with the evidence. */
const LONGEST_REBUTTAL = 1_000;
const STANDINGS: readonly HeldVerdict['standing'][] = [
  'unknown',
  'not-found',
  'signs',
  'likely',
  'confirmed',
  'cleared',
];

export function parseManifest(body: unknown): Manifest | null {
  const manifest = read<Manifest>(body);
  const version = count(manifest.version);
  const entries = count(manifest.entries);
  const prefixLength = count(manifest.prefixLength);
  const sha256 = matching(manifest.sha256, /^[0-9a-f]{64}$/);
  const bytes = count(manifest.bytes);
  const publishedAt = instant(manifest.publishedAt);
  const pollAfterSeconds = count(manifest.pollAfterSeconds);
  const epoch = matching(manifest.epoch, /^[\x21-\x7e]{1,128}$/);
  if (version === null || entries === null || prefixLength === null || sha256 === null || bytes === null) {
    return null;
  }
  if (publishedAt === null || pollAfterSeconds === null || epoch === null) return null;
  if (prefixLength < 1 || prefixLength > 8) return null;
  const demo = manifest.demo === true;
  return { version, entries, prefixLength, sha256, bytes, publishedAt, pollAfterSeconds, epoch, demo };
}

export function parseRange(body: unknown, prefix: string): RangeEntry[] | null {
  const entries = read<Schemas['Range']>(body).entries;
  if (!Array.isArray(entries) || entries.length > MAX_RANGE_ENTRIES) return null;
  return entries.map((entry) => parseEntry(entry, prefix)).filter((entry) => entry !== null);
}

/** All that is held of one account; whose page it is, the caller knows better than the service. */
export function parseAssessment(body: unknown): Omit<Assessment, 'page'> | null {
  const answer = read<Schemas['AccountVerdicts']>(body);
  const account = parseAccount(answer.account);
  const asOf = instant(answer.asOf);
  const { status } = answer;
  if (account === null || asOf === null || !Array.isArray(answer.verdicts)) return null;
  if (status !== 'assessed' && status !== 'unknown' && status !== 'not-listed') return null;
  const verdicts = onePerPractice(list(answer.verdicts, parseHeldVerdict));
  return { account, status, verdicts, asOf, stale: answer.stale === true };
}

export function problemCode(body: unknown): string | null {
  return matching(read<Schemas['Problem']>(body).code, /^[a-z0-9-]{1,64}$/);
}

function parseEntry(body: unknown, prefix: string): RangeEntry | null {
  const entry = read<Schemas['Range']['entries'][number]>(body);
  const hash = matching(entry.hash, /^[0-9a-f]{32}$/);
  const account = parseAccount(entry.account);
  if (!hash?.startsWith(prefix) || account === null) return null;
  return { hash, account, verdicts: onePerPractice(list(entry.verdicts, parseVerdict)) };
}

function parseAccount(body: unknown): Account | null {
  const account = read<Schemas['Account']>(body);
  const network = account.network;
  if (network !== 'x' && network !== 'bluesky' && network !== 'mastodon') return null;
  const handle = matching(account.handle, /^[\x21-\x7e]{1,320}$/);
  const nativeId = matching(account.nativeId, /^[\x21-\x7e]{1,2048}$/);
  return { network, handle, nativeId };
}

function parseVerdict(body: unknown): Verdict | null {
  const { standing } = read<Schemas['Verdict']>(body);
  const said = parseSaid(body);
  if (said === null || (standing !== 'likely' && standing !== 'confirmed')) return null;
  return { ...said, standing };
}

function parseHeldVerdict(body: unknown): HeldVerdict | null {
  const verdict = read<Schemas['Verdict']>(body);
  const said = parseSaid(body);
  const standing = STANDINGS.find((known) => known === verdict.standing);
  if (said === null || standing === undefined) return null;
  return { ...said, standing, missing: list(verdict.missing, parseMissing) };
}

/** What verdicts of any standing say. */
function parseSaid(body: unknown): Omit<Verdict, 'standing'> | null {
  const verdict = read<Schemas['Verdict']>(body);
  const practice = matching(verdict.practice, /^[a-z-]{1,64}$/);
  const statement = words(verdict.statement, 600);
  const asOf = instant(verdict.asOf);
  const reviewAt = instant(verdict.reviewAt);
  if (practice === null || statement === null || asOf === null) return null;
  // What lapses on a day nobody can read must not stand for good.
  if (reviewAt === null && (verdict.reviewAt ?? null) !== null) return null;
  const sources = read<Schemas['Sources']>(verdict.sources);
  return {
    practice,
    disputed: verdict.disputed === true,
    statement,
    reasons: list(verdict.reasons, parseReason),
    spark: parseSpark(verdict.spark),
    caveats: list(verdict.caveats, code),
    sources: { measured: count(sources.measured) ?? 0, reported: count(sources.reported) ?? 0 },
    asOf,
    reviewAt,
    ...parseReview(body),
  };
}

/** What people said to it; older services do not tell. */
function parseReview(body: unknown): Pick<Verdict, 'rebuttal' | 'reviewedAt'> {
  const { rebuttal, reviewedAt } = read<Pick<Verdict, 'rebuttal' | 'reviewedAt'>>(body);
  const text = words(read<Rebuttal>(rebuttal).text, LONGEST_REBUTTAL);
  const at = instant(read<Rebuttal>(rebuttal).at);
  return {
    rebuttal: text === null || at === null ? null : { text, at },
    reviewedAt: instant(reviewedAt),
  };
}

function parseReason(body: unknown): Reason | null {
  const reason = read<Schemas['Reason']>(body);
  const name = code(reason.code);
  const value = number(reason.value);
  if (name === null || value === null) return null;
  const bounds = reason.interval;
  const [low, high] = Array.isArray(bounds) ? [number(bounds[0]), number(bounds[1])] : [null, null];
  const interval: Reason['interval'] = low === null || high === null ? null : [low, high];
  return { code: name, value, interval };
}

function parseMissing(body: unknown): Missing | null {
  const missing = read<Missing>(body);
  const name = code(missing.code);
  const have = number(missing.have);
  const need = number(missing.need);
  if (name === null || have === null || need === null) return null;
  return { code: name, have, need, detail: words(missing.detail, 300) ?? '' };
}

/** Two verdicts on one practice contradict each other, and neither can be believed. */
function onePerPractice<T extends Pick<Verdict, 'practice'>>(verdicts: T[]): T[] {
  return verdicts.filter(
    ({ practice }) => verdicts.filter((other) => other.practice === practice).length === 1,
  );
}

function parseSpark(body: unknown): Spark | null {
  const spark = read<Spark>(body);
  const from = matching(spark.from, /^\d{4}-\d{2}-\d{2}$/);
  const followed = series(spark.followed);
  const unfollowed = series(spark.unfollowed);
  if (from === null || Number.isNaN(Date.parse(from)) || followed?.length !== unfollowed?.length) return null;
  return followed === null || unfollowed === null ? null : { from, followed, unfollowed };
}

function series(body: unknown): number[] | null {
  if (!Array.isArray(body) || body.length === 0 || body.length > MAX_SPARK) return null;
  const values = body.map(number);
  return values.every((value) => value !== null && value >= 0) ? (values as number[]) : null;
}

export function list<T>(body: unknown, parse: (item: unknown) => T | null): T[] {
  if (!Array.isArray(body)) return [];
  return body
    .slice(0, MAX_ITEMS)
    .map(parse)
    .filter((item) => item !== null);
}

/** The fields of whatever this is. */
export function read<T>(body: unknown): Unread<T> {
  return typeof body === 'object' && body !== null ? body : {};
}

function number(body: unknown): number | null {
  return typeof body === 'number' && Number.isFinite(body) ? body : null;
}

/** A whole number from zero on. */
export function count(body: unknown): number | null {
  return typeof body === 'number' && Number.isSafeInteger(body) && body >= 0 ? body : null;
}

/** The text, if it is one and matches. */
export function matching(body: unknown, pattern: RegExp): string | null {
  return typeof body === 'string' && pattern.test(body) ? body : null;
}

export function code(body: unknown): string | null {
  return matching(body, /^[a-z0-9-]{1,64}$/);
}

export function instant(body: unknown): string | null {
  const text = matching(body, /^\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})$/);
  return text === null || Number.isNaN(Date.parse(text)) ? null : text;
}

/** Text for people. Controls, bidi and zero-width characters could make it read as something else. */
export function words(body: unknown, limit: number): string | null {
  if (typeof body !== 'string') return null;
  const plain = body.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, (run) => (/\s/.test(run) ? ' ' : '')).trim();
  if (plain === '') return null;
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain;
}
