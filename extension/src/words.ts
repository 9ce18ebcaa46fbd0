import { browser } from 'wxt/browser';
import type messages from '../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** The message in the reader's language. */
export function say(key: MessageKey, ...substitutions: (string | number)[]): string {
  return browser.i18n.getMessage(key as never, substitutions.map(String));
}

export function sayNumber(value: number, digits = 0): string {
  return value.toLocaleString(say('locale'), { maximumFractionDigits: digits });
}

/** A day as the service counts them (UTC); without its year where another date beside it tells. */
export function sayDay(instant: string, year: 'with year' | 'without year' = 'with year'): string {
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
  const options = year === 'with year' ? { ...day, year: 'numeric' as const } : day;
  return new Date(instant).toLocaleDateString(say('locale'), options);
}

/** A moment on the reader's own clock. */
export function sayMoment(instant: string | number): string {
  return new Date(instant).toLocaleString(say('locale'), { dateStyle: 'medium', timeStyle: 'short' });
}
