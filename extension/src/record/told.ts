import type { Between } from '../ledger/departure';
import type { Left } from '../ledger/departures';
import type { ShownAccount } from '../lookup/account';
import { say, sayNumber, type MessageKey } from '../words';

const DAY = 24 * 3_600_000;

/** Days on the reader's own calendar: the record is theirs. */
const days = () =>
  new Intl.DateTimeFormat(say('locale'), { day: 'numeric', month: 'short', year: 'numeric' });

export function tellBetween([from, to]: Between): string {
  return from === null
    ? say('recordBefore', days().format(new Date(to)))
    : days().formatRange(new Date(from), new Date(to));
}

export function tellStay({ stayed: { least, most } }: Left): string {
  const [from, to] = [Math.floor(least / DAY), most === null ? null : Math.ceil(most / DAY)];
  if (to === null)
    return from === 0
      ? say('recordStayUnknown')
      : many('recordStayAtLeastOne', 'recordStayAtLeastMany', from);
  if (to <= 1) return say('recordStayUnderADay');
  return from === to || from === 0
    ? many('recordStayAtMostOne', 'recordStayAtMostMany', to)
    : say('recordStayBetween', sayNumber(from), sayNumber(to));
}

export function tellDoubt({ doubt }: Left): string {
  switch (doubt) {
    case null:
      return say('recordCertain');
    case 'gone':
      return say('recordDoubtGone');
    case 'blocked':
      return say('recordDoubtBlocked');
    case 'perhaps-blocked':
      return say('recordDoubtPerhapsBlocked');
    case 'not-listed':
      return say('recordDoubtNotListed');
  }
}

export function handleOf({ handle, nativeId }: ShownAccount): string {
  return handle ?? nativeId ?? '';
}

/** Where an account's profile is; null where its name does not tell. */
export function profileOf({ network, handle, nativeId }: ShownAccount): string | null {
  switch (network) {
    case 'x':
      return handle === null ? null : `https://x.com/${encodeURIComponent(handle)}`;
    case 'bluesky':
      return `https://bsky.app/profile/${encodeURIComponent(handle ?? nativeId ?? '').replaceAll('%3A', ':')}`;
    case 'mastodon': {
      const [, user, host] = /^([^@/\s]+)@([a-z0-9.-]+)$/i.exec(handle ?? '') ?? [];
      return user === undefined || host === undefined ? null : `https://${host}/@${encodeURIComponent(user)}`;
    }
  }
}

/** The message for one thing, or for so many. */
export function many(one: MessageKey, more: MessageKey, count: number): string {
  return count === 1 ? say(one) : say(more, sayNumber(count));
}
