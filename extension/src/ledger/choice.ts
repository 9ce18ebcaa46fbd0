import { browser } from 'wxt/browser';
import { alone } from '../alone';
import type { Network } from '../lookup/account';
import { choices } from '../settings';

const RECORD = 'record';

/** On X the record grows from the pages the user opens, so there it waits to be asked for. */
const AT_FIRST: Record<Network, boolean> = { x: false, bluesky: true, mastodon: true };

/** On which networks the user wants a record, and anything at all. */
export async function recordChoice(): Promise<Record<Network, boolean>> {
  const [chosen, { networks }] = await Promise.all([storedChoice(), choices()]);
  const on = (network: Network) => chosen[network] && networks[network];
  return { x: on('x'), bluesky: on('bluesky'), mastodon: on('mastodon') };
}

async function storedChoice(): Promise<Record<Network, boolean>> {
  const stored = (await browser.storage.local.get(RECORD))[RECORD];
  const chosen = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<
    Record<Network, unknown>
  >;
  const on = (network: Network) => {
    const choice = chosen[network];
    return typeof choice === 'boolean' ? choice : AT_FIRST[network];
  };
  return { x: on('x'), bluesky: on('bluesky'), mastodon: on('mastodon') };
}

export function chooseRecord(network: Network, on: boolean): Promise<void> {
  return alone(RECORD, async () => {
    await browser.storage.local.set({ [RECORD]: { ...(await storedChoice()), [network]: on } });
  });
}

/** Whether a change of the storage is one of what pages are to tell. */
export function concernsRecord(changes: Record<string, unknown>): boolean {
  return RECORD in changes;
}
