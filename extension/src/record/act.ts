import { browser } from 'wxt/browser';
import type { OwnRequest } from '../messages';

/** Begins or stops a walk, which the background does: it goes on when this page is closed. */
export async function actOn(own: string, act: 'check' | 'stop'): Promise<void> {
  const request: OwnRequest = { type: 'record', act, own };
  try {
    await browser.runtime.sendMessage(request);
  } catch {
    // The background looks by itself after a while.
  }
}
