import { browser } from 'wxt/browser';
import { departuresWithin as within } from '../ledger/departures';
import { record } from '../ledger/ledger';

/* What other pages of the extension want of the record. */

export async function openRecordPage(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/record.html') });
}

/** How many accounts certainly left in the last days; 0 where there is no record. */
export async function departuresWithin(days: number): Promise<number> {
  try {
    return await within(record, days, Date.now());
  } catch {
    return 0;
  }
}
