import { useEffect, useRef, useState } from 'preact/hooks';
import { exported, merge, parseRecord } from '../ledger/exchange';
import { record } from '../ledger/ledger';
import { addOwnAccount, removeOwnAccount } from '../ledger/ownAccounts';
import type { Own } from '../ledger/store';
import { say, sayNumber } from '../words';
import { saveFile } from '../files';

const UNDO_FOR = 10_000;

/** Taking the record out and in, and deleting it. */
export function Keeping({ own, owns, look }: { own: Own | null; owns: Own[]; look: () => void }) {
  const [told, setTold] = useState<{ text: string; bad: boolean } | null>(null);
  const [asking, setAsking] = useState<Own[] | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const kept = owns.filter(({ deleteAt }) => deleteAt === null);
  const going = owns.filter(({ deleteAt }) => deleteAt !== null);
  useEffect(() => {
    if (going.length === 0) return;
    const due = Math.max(...going.map(({ deleteAt }) => deleteAt ?? 0));
    const timer = setTimeout(() => void purge(going).then(look), Math.max(0, due - Date.now()));
    return () => {
      clearTimeout(timer);
    };
  }, [going.map(({ key, deleteAt }) => `${key} ${deleteAt ?? 0}`).join()]);

  const exportAll = async () => {
    const parts: string[] = [];
    for await (const part of exported(record, Date.now())) parts.push(part);
    saveFile('fairfollow-record.json', 'application/json', parts);
  };
  const importFrom = async (chosen: File) => {
    const records = parseRecord(await chosen.text());
    if (records === null) {
      setTold({ text: say('recordImportBad'), bad: true });
      return;
    }
    const followers = await merge(record, records, Date.now());
    for (const { account } of records) await addOwnAccount(account);
    setTold({ text: say('recordImported', sayNumber(followers)), bad: false });
    look();
  };
  const doom = async (doomed: Own[], deleteAt: number | null) => {
    setAsking(null);
    await record.change(async (rows) => {
      for (const { key } of doomed) {
        const latest = await rows.own(key);
        if (latest !== null) await rows.putOwn({ ...latest, deleteAt });
      }
    });
    look();
  };

  return (
    <section>
      <h2>{say('recordKeepHeading')}</h2>
      <p class="hint">{say('recordKeepHint')}</p>
      <div class="row start">
        <button type="button" disabled={kept.length === 0} onClick={() => void exportAll()}>
          {say('recordExportJson')}
        </button>
        <button type="button" onClick={() => file.current?.click()}>
          {say('recordImport')}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept="application/json,.json"
          aria-label={say('recordImport')}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            if (chosen) void importFrom(chosen);
            event.currentTarget.value = '';
          }}
        />
        {own && (
          <button
            type="button"
            onClick={() => {
              setAsking([own]);
            }}
          >
            {say('recordDelete')}
          </button>
        )}
        {kept.length > 1 && (
          <button
            type="button"
            onClick={() => {
              setAsking(kept);
            }}
          >
            {say('recordDeleteAll')}
          </button>
        )}
      </div>
      {asking && (
        <div
          class="notice row"
          role="alertdialog"
          aria-label={say('recordDelete')}
          aria-describedby="delete-what"
        >
          <p id="delete-what">
            {say('recordDeleteAsk', asking.map(({ account }) => account.handle).join(', '))}
          </p>
          <span class="links">
            <button type="button" class="bad" onClick={() => void doom(asking, Date.now() + UNDO_FOR)}>
              {say('recordDeleteYes')}
            </button>
            <button
              type="button"
              autofocus
              onClick={() => {
                setAsking(null);
              }}
            >
              {say('recordDeleteNo')}
            </button>
          </span>
        </div>
      )}
      <div role="status">
        {told && <p class={told.bad ? 'bad' : ''}>{told.text}</p>}
        {going.length > 0 && (
          <p class="notice row">
            {say('recordDeleted', going.map(({ account }) => account.handle).join(', '))}
            <button type="button" class="plain" onClick={() => void doom(going, null)}>
              {say('recordUndo')}
            </button>
          </p>
        )}
      </div>
    </section>
  );
}

/** The time for undoing is over. Where the page is closed before, the background does this. */
async function purge(owns: Own[]): Promise<void> {
  for (const { key } of owns) {
    const gone = await record.change(async (rows) => {
      const latest = await rows.own(key);
      if (latest?.deleteAt == null || latest.deleteAt > Date.now()) return null;
      await rows.remove(key);
      return latest.account;
    });
    if (gone !== null) await removeOwnAccount(gone);
  }
}
