import { browser } from 'wxt/browser';
import type { ShownAccount } from '../lookup/account';
import type { Account } from '../lookup/wire';
import type { Found, PageRequest } from '../messages';

/** What is known of accounts, in order; null when the background does not answer. */
export async function lookUp(accounts: ShownAccount[]): Promise<Found[] | null> {
  for (const pause of [0, 500, 2_000]) {
    // A background that is only just being started may not listen yet.
    await wait(pause);
    const answer = await ask({ type: 'lookup', accounts });
    if (Array.isArray(answer)) return answer as Found[];
  }
  return null;
}

export async function hide(account: Account): Promise<void> {
  await ask({ type: 'hide', account });
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function ask(request: PageRequest): Promise<unknown> {
  try {
    return await browser.runtime.sendMessage<unknown, unknown>(request);
  } catch {
    return undefined;
  }
}
