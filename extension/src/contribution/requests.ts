import { browser } from 'wxt/browser';
import type { ContributionView, Outcome } from './contributor';
import { isEntry, type Consent, type Entry } from './outbox';

/* What the options page asks of the background about contribution. */

export type ContributionRequest =
  | { type: 'contribution'; ask: 'view' } // answers ContributionView
  | { type: 'contribution'; ask: 'choose'; consent: Consent } // answers whether it was taken
  | { type: 'contribution'; ask: 'send'; payload: string } // answers Outcome
  | { type: 'contribution'; ask: 'remove'; id: string } // answers Entry
  | { type: 'contribution'; ask: 'put-back'; entry: Entry }
  | { type: 'contribution'; ask: 'erase'; service: string } // answers whether the service confirmed it
  | { type: 'contribution'; ask: 'clear-log' };

/** Announces to open pages that something changed. */
export const CHANGES = 'contribution';

export const contributionView = () => ask<ContributionView>({ type: 'contribution', ask: 'view' });

export const chooseContribution = (consent: Consent) =>
  ask<boolean>({ type: 'contribution', ask: 'choose', consent });

export const sendContribution = (payload: string) =>
  ask<Outcome>({ type: 'contribution', ask: 'send', payload });

export const removeFromContribution = (id: string) => ask<Entry>({ type: 'contribution', ask: 'remove', id });

export const putBackIntoContribution = (entry: Entry) =>
  ask<null>({ type: 'contribution', ask: 'put-back', entry });

export const eraseContribution = (service: string) =>
  ask<boolean>({ type: 'contribution', ask: 'erase', service });

export const clearContributionLog = () => ask<null>({ type: 'contribution', ask: 'clear-log' });

export function parseContributionRequest(message: unknown): ContributionRequest | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, ask, consent, payload, id, entry, service } = message as Partial<Record<string, unknown>>;
  if (type !== 'contribution') return null;
  if (ask === 'view' || ask === 'clear-log') return { type, ask };
  if (ask === 'choose' && isConsent(consent)) return { type, ask, consent };
  if (ask === 'send' && typeof payload === 'string') return { type, ask, payload };
  if (ask === 'remove' && typeof id === 'string') return { type, ask, id };
  if (ask === 'put-back' && isEntry(entry)) return { type, ask, entry };
  if (ask === 'erase' && typeof service === 'string') return { type, ask, service };
  return null;
}

function isConsent(value: unknown): value is Consent {
  if (typeof value !== 'object' || value === null) return false;
  const { service, counters, follows } = value as Partial<Record<string, unknown>>;
  return typeof service === 'string' && typeof counters === 'boolean' && typeof follows === 'boolean';
}

/** Null where the background does not answer. */
async function ask<T>(request: ContributionRequest): Promise<T | null> {
  try {
    return (await browser.runtime.sendMessage<ContributionRequest, T | undefined>(request)) ?? null;
  } catch {
    return null;
  }
}
