import type { Network, ShownAccount } from '../lookup/account';
import { say, type MessageKey } from '../words';

const NAMES: Record<Network, MessageKey> = {
  x: 'networkX',
  bluesky: 'networkBluesky',
  mastodon: 'networkMastodon',
};

export function sayNetwork(network: Network): string {
  return say(NAMES[network]);
}

/** What an account is called, as far as that is known. */
export function sayAccount({ handle, nativeId }: ShownAccount): string {
  return handle ?? nativeId ?? '';
}

/** Who is asked, as people would name it. */
export function sayHost(service: string): string {
  return new URL(service).host;
}
