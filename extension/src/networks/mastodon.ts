import type { OwnAccount } from '../ledger/ownAccounts';
import { sameHandle, type ShownAccount } from '../lookup/account';
import { count, matching, read, words } from '../lookup/wire';
import { permissionFor, type Ask } from './ask';
import { NetworkError, type FollowerSource, type ListedFollower } from './followers';
import { actorUri, hostOf, mastodonHandle, typedAccount } from './names';

const PAGE = 80;
// There is no call for many accounts at once: this is what one may ask of a host in a row.
const MOST_ASKED = 30;
const NAME_LENGTH = 100;
/** What an account, or a place in its list, is called on its own server. */
const LOCAL_ID = /^[A-Za-z0-9_-]{1,64}$/;

interface Account {
  id: string;
  handle: string;
  uri: string | null;
  name: string;
  followers: number | null;
  suspended: boolean;
}

/** Public follower lists of Mastodon and what speaks its interface, each asked of the account's own host. */
export function mastodonFollowers(ask: Ask): FollowerSource {
  const lookup = async (host: string, handle: string): Promise<Account> => {
    const url = new URL(`https://${host}/api/v1/accounts/lookup`);
    const local = hostOf(handle) === host ? handle.slice(0, handle.indexOf('@')) : handle;
    url.searchParams.set('acct', local);
    const account = parseAccount((await ask(url)).body, host);
    if (account === null || !sameHandle(account.handle, handle)) throw new NetworkError('invalid');
    return account;
  };

  const ownAccount = async (own: OwnAccount): Promise<Account> => {
    const account = await lookup(hostOfOwn(own), mastodonHandle(own.handle) ?? '');
    // Somebody else has the name now, or nobody.
    const gone = account.suspended || (own.nativeId !== null && account.uri !== own.nativeId);
    if (gone) throw new NetworkError('not-found');
    return account;
  };

  const existsAt = async (host: string, account: ShownAccount): Promise<'active' | 'gone' | 'unknown'> => {
    const { uri, suspended } = await lookup(host, account.handle ?? '');
    if (account.nativeId !== null && account.nativeId !== uri) return 'unknown';
    return suspended ? 'gone' : 'active';
  };

  return {
    async resolve(name) {
      const typed = typedAccount('mastodon', name);
      if (typed === null) throw new NetworkError('not-found');
      const { handle, uri } = await ownAccount(typed);
      return { network: 'mastodon', handle, nativeId: uri };
    },

    async count(own) {
      return (await ownAccount(own)).followers;
    },

    async page(own, cursor) {
      // A cursor carries the id the account has on its server, so that no page but the first needs two calls.
      const account = cursor === null ? await ownAccount(own) : null;
      const [id = '', before = ''] = account ? [account.id] : (cursor?.split(' ') ?? []);
      if (!LOCAL_ID.test(id) || (cursor !== null && !LOCAL_ID.test(before))) {
        throw new NetworkError('invalid');
      }
      const host = hostOfOwn(own);
      const url = new URL(`https://${host}/api/v1/accounts/${id}/followers`);
      url.searchParams.set('limit', String(PAGE));
      if (before !== '') url.searchParams.set('max_id', before);

      const { body, headers } = await ask(url);
      const next = nextIn(headers.get('Link'));
      if (
        !Array.isArray(body) ||
        body.length > PAGE ||
        next === 'unclear' ||
        (next !== null && next === before)
      ) {
        throw new NetworkError('invalid');
      }
      if (body.length === 0 && (account?.followers ?? 0) > 0) throw new NetworkError('hidden');
      const followers = body.map((row) => listed(parseAccount(row, host))).filter((row) => row !== null);
      if (body.length > 0 && followers.length === 0) throw new NetworkError('invalid');
      return { followers, next: next && `${id} ${next}`, unread: body.length - followers.length };
    },

    async exist(accounts, own) {
      const states: ('active' | 'gone' | 'unknown')[] = accounts.map(() => 'unknown');
      for (const [index, account] of accounts.slice(0, MOST_ASKED).entries()) {
        const handle = mastodonHandle(account.handle ?? '');
        const host = hostOf(own?.handle ?? handle ?? '');
        if (handle === null || host === null) continue;
        try {
          states[index] = await existsAt(host, { ...account, handle });
        } catch (failure) {
          if (failure instanceof NetworkError && failure.code === 'not-found') states[index] = 'gone';
          // Another host may answer; this one is left alone.
          else if (own) break;
        }
      }
      return states;
    },

    permission: (own) => permissionFor(hostOfOwn(own)),
  };
}

function hostOfOwn({ handle }: OwnAccount): string {
  const host = hostOf(handle);
  if (host === null) throw new NetworkError('not-found');
  return host;
}

/** Only the place in the list is taken from the link: the host is ours to choose. */
function nextIn(header: string | null): string | null {
  if (header === null) return null;
  if (header.length > 8192) return 'unclear';
  const link = /<([^<>]*)>\s*;\s*rel="?next"?/.exec(header)?.[1];
  if (link === undefined) return null;
  const place = URL.canParse(link) ? new URL(link).searchParams.get('max_id') : null;
  return matching(place, LOCAL_ID) ?? 'unclear';
}

function parseAccount(body: unknown, host: string): Account | null {
  const account = read<{
    id: unknown;
    acct: unknown;
    uri: unknown;
    display_name: unknown;
    followers_count: unknown;
    suspended: unknown;
  }>(body);
  const id = matching(account.id, LOCAL_ID);
  const name = matching(account.acct, /^[^\s]{1,600}$/);
  // Accounts of this host go by their user name alone.
  const handle = name === null ? null : mastodonHandle(name.includes('@') ? name : `${name}@${host}`);
  if (id === null || handle === null) return null;
  return {
    id,
    handle,
    uri: actorUri(account.uri),
    name: words(account.display_name, NAME_LENGTH) ?? '',
    followers: count(account.followers_count),
    suspended: account.suspended === true,
  };
}

/** Null for an account without its actor's address, as servers older than 4.2 tell it: a name alone changes hands. */
function listed(account: Account | null): ListedFollower | null {
  if (!account?.uri) return null;
  return { network: 'mastodon', handle: account.handle, nativeId: account.uri, name: account.name };
}
