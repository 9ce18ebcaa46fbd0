import type { ComponentChildren } from 'preact';
import { say, type MessageKey } from './words';

const PAGES = {
  record: 'popupRecord',
  followers: 'popupCheckFollowers',
  account: 'accountTitle',
  reports: 'reportsTitle',
  options: 'openOptions',
} as const satisfies Record<string, MessageKey>;

interface PageHeadProps {
  here: keyof typeof PAGES;
  lead?: string;
  children?: ComponentChildren;
}

/** The head of each of the extension's own pages: the way to the others, what this one is called and what it is for. */
export function PageHead({ here, lead, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <nav class="pages" aria-label={say('pagesNav')}>
        <span class="brand">
          <img src="/icon/64.png" alt="" width="20" height="20" />
          {say('extensionName')}
        </span>
        {Object.entries(PAGES).map(([page, name]) => (
          <a key={page} href={`/${page}.html`} aria-current={page === here ? 'page' : undefined}>
            {say(name)}
          </a>
        ))}
      </nav>
      <h1>{say(PAGES[here])}</h1>
      {lead !== undefined && <p class="muted">{lead}</p>}
      {children}
    </header>
  );
}
