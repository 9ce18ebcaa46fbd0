import { clearShelf, renewLookup } from '../ask';
import { hiddenAccounts, hideAgain, replaceHidden } from '../hidden';
import { addedHosts } from '../hosts';
import type { ShelvedList } from '../lookup/publishedList';
import { indexedDbShelf } from '../lookup/shelf';
import { say, sayNumber } from '../words';
import type { Telling } from './Options';
import { useStored } from './useStored';

interface Kept {
  list: { version: number; entries: number; bytes: number } | null;
  ranges: number;
  hidden: number;
  sites: number;
}

/** What is kept on this device, in plain words, and how to be rid of it. */
export function Stored({ tell }: Telling) {
  const [kept, again] = useStored(readKept);
  const clear = async (shelf: 'list' | 'ranges', text: string) => {
    await clearShelf(shelf);
    await again();
    tell({ text });
  };
  const clearHidden = async () => {
    const former = await hiddenAccounts();
    await replaceHidden([]);
    await renewLookup();
    tell({
      text: say('optionsStoredHiddenCleared'),
      undo: async () => {
        await hideAgain(former);
        await renewLookup();
      },
    });
  };
  return (
    <section id="stored">
      <h2>{say('optionsStoredHeading')}</h2>
      <p class="hint">{say('optionsStoredHint')}</p>
      {kept && (
        <ul class="kept">
          <li>
            <span>
              {say('optionsStoredList')} <span class="muted">{sayList(kept.list)}</span>
            </span>
            <Clear
              what={say('optionsStoredList')}
              empty={kept.list === null}
              clear={() => clear('list', say('optionsStoredListCleared'))}
            />
          </li>
          <li>
            <span>
              {say('optionsStoredRanges')} <span class="muted">{sayNumber(kept.ranges)}</span>
            </span>
            <Clear
              what={say('optionsStoredRanges')}
              empty={kept.ranges === 0}
              clear={() => clear('ranges', say('optionsStoredRangesCleared'))}
            />
          </li>
          <li>
            <span>
              {say('optionsHiddenHeading')} <span class="muted">{sayNumber(kept.hidden)}</span>
            </span>
            <Clear what={say('optionsHiddenHeading')} empty={kept.hidden === 0} clear={clearHidden} />
          </li>
          <li>
            <span>
              {say('optionsSitesHeading')} <span class="muted">{sayNumber(kept.sites)}</span>
            </span>
            <Open what={say('optionsSitesHeading')} href="#sites" />
          </li>
          <li>
            <span>{say('optionsStoredSettings')}</span>
            <Open what={say('optionsStoredSettings')} href="#files" />
          </li>
          <li>
            <span>{say('optionsStoredRecord')}</span>
            <Open what={say('optionsStoredRecord')} href="/record.html" />
          </li>
          <li>
            <span>{say('reportsStored')}</span>
            <Open what={say('reportsStored')} href="/reports.html" />
          </li>
          <li>
            <span>{say('optionsStoredContribution')}</span>
            <Open what={say('optionsStoredContribution')} href="#contribution" />
          </li>
        </ul>
      )}
      <p class="hint">{say('optionsStoredNot')}</p>
    </section>
  );
}

function Open({ what, href }: { what: string; href: string }) {
  return (
    <a href={href} aria-label={`${say('optionsStoredOpen')}: ${what}`}>
      {say('optionsStoredOpen')}
    </a>
  );
}

function Clear({ what, empty, clear }: { what: string; empty: boolean; clear: () => Promise<void> }) {
  return (
    <button
      class="plain"
      type="button"
      disabled={empty}
      aria-label={`${say('optionsStoredClear')}: ${what}`}
      onClick={() => void clear()}
    >
      {say('optionsStoredClear')}
    </button>
  );
}

async function readKept(): Promise<Kept> {
  const [shelved, ranges, hidden, sites] = await Promise.all([
    indexedDbShelf('list')
      .get('current')
      .catch(() => undefined),
    indexedDbShelf('ranges')
      .count()
      .catch(() => 0),
    hiddenAccounts(),
    addedHosts(),
  ]);
  const list = shelved as ShelvedList | undefined;
  return {
    list: list ? { ...list.manifest, bytes: list.bytes.length } : null,
    ranges,
    hidden: hidden.length,
    sites: sites.length,
  };
}

function sayList(list: Kept['list']): string {
  if (list === null) return say('serviceListNone');
  const { version, entries, bytes } = list;
  return say(
    'optionsStoredListValue',
    sayNumber(version),
    sayNumber(entries),
    sayNumber(Math.ceil(bytes / 1024)),
  );
}
