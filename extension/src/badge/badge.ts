import type { PlacedBadge } from '../engine/engine';
import type { Answer } from '../lookup/answer';
import type { Listing } from '../lookup/lookup';
import type { Found } from '../messages';
import { practiceOf, STANDINGS } from '../practices';
import { say } from '../words';
import { makeCard, type Nameable } from './card';
import { drawIcon, make } from './dom';
import { place } from './place';
import { STYLE } from './style';
import { onThemeChange, themeBehind } from './theme';

// So that a pointer passing over a list does not raise a card at every row.
const HOVER_DELAY = 100;
// So that a pointer on its way to the card gets there.
const LEAVE_DELAY = 300;

// Tests look inside, pages must not.
const SHADOW_MODE = import.meta.env.MODE === 'e2e' ? 'open' : 'closed';

/** The page must not take what is done to a badge as done to the link or row around it. */
const KEPT_FROM_PAGE = [
  ...[
    'click',
    'auxclick',
    'dblclick',
    'mousedown',
    'mouseup',
    'pointerdown',
    'pointerup',
    'touchstart',
    'touchend',
  ],
  // Sites raise their own hover cards on these; leaving is told by others, which they get.
  ...['mousemove', 'pointermove'],
  ...['keydown', 'keyup', 'keypress'],
];

// One card at a time.
let closeOpen: (() => void) | null = null;

/** What a user can do at a badge. */
export interface BadgeActions {
  hide: () => void;
  /** Asks the service about the account by its name: only on an explicit click. */
  lookUp: () => Promise<Answer>;
}

/** A badge for what was found, null when nothing in it is known to this version. */
export function makeBadge(found: Found, anchor: Element, { hide }: BadgeActions): PlacedBadge | null {
  const { listing } = found;
  if (listing === null) return null;
  const shown = listing.verdicts.flatMap((verdict): Nameable[] => {
    const practice = practiceOf(verdict);
    return practice ? [{ verdict, practice }] : [];
  });
  const first = shown.find(({ practice }) => !practice.onDemand);
  return first ? new Badge(listing, first, shown, anchor, hide) : null;
}

/** The badge beside a name: a button that opens its card by pointer, focus, tap or key. */
class Badge implements PlacedBadge {
  readonly host = make('span', { 'data-fairfollow': '' });
  private readonly button: HTMLButtonElement;
  private readonly root = make('span', { class: 'root' });
  private readonly shadow: ShadowRoot;
  private readonly forgetTheme: () => void;
  private card: HTMLElement | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private returningFocus = false;

  constructor(
    private readonly listing: Listing,
    first: Nameable,
    private readonly shown: Nameable[],
    private readonly anchor: Element,
    private readonly hide: () => void,
  ) {
    this.button = makeButton(first);
    this.root.append(this.button);
    this.shadow = this.host.attachShadow({ mode: SHADOW_MODE });
    this.shadow.append(makeStyle(), this.root);
    this.followTheme();
    this.forgetTheme = onThemeChange(() => {
      this.followTheme();
    });
    this.listen();
  }

  remove(): void {
    this.close();
    this.forgetTheme();
    this.host.remove();
  }

  private followTheme(): void {
    this.root.dataset.theme = themeBehind(this.anchor);
  }

  private listen(): void {
    const { host, button, root } = this;
    for (const type of KEPT_FROM_PAGE) {
      host.addEventListener(type, (event) => {
        event.stopPropagation();
      });
    }
    root.addEventListener('click', (event) => {
      // A badge may stand inside a link of the page's; only links of our own may be followed from here.
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null) event.preventDefault();
    });
    root.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse')
        this.after(HOVER_DELAY, () => {
          this.open();
        });
    });
    root.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse' && !this.hasFocus())
        this.after(LEAVE_DELAY, () => {
          this.close();
        });
    });
    button.addEventListener('focus', () => {
      if (!this.returningFocus && button.matches(':focus-visible')) this.open();
    });
    root.addEventListener('focusout', (event) => {
      if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) this.close();
    });
    button.addEventListener('click', () => {
      this.open();
      this.card?.focus();
    });
  }

  private after(delay: number, action: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, delay);
  }

  private hasFocus(): boolean {
    return this.shadow.activeElement !== null;
  }

  private open(): void {
    clearTimeout(this.timer);
    if (this.card !== null || !this.host.isConnected) return;
    closeOpen?.();
    closeOpen = this.close;
    this.card = makeCard(this.listing, this.shown, this.hide);
    this.root.append(this.card);
    // The top layer: no row that clips, no stacking order of the page's can cut the card.
    this.card.showPopover();
    this.button.setAttribute('aria-expanded', 'true');
    this.reposition();
    document.addEventListener('keydown', this.onKey, true);
    window.addEventListener('scroll', this.reposition, { capture: true, passive: true });
    window.addEventListener('resize', this.reposition);
  }

  private readonly close = (): void => {
    clearTimeout(this.timer);
    if (this.card === null) return;
    document.removeEventListener('keydown', this.onKey, true);
    window.removeEventListener('scroll', this.reposition, true);
    window.removeEventListener('resize', this.reposition);
    const { card } = this;
    this.card = null;
    card.remove();
    this.button.setAttribute('aria-expanded', 'false');
    if (closeOpen === this.close) closeOpen = null;
  };

  private readonly reposition = (): void => {
    if (this.card && !place(this.card, this.button)) this.close();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // The page would close something of its own by the same key.
    event.preventDefault();
    event.stopPropagation();
    const hadFocus = this.hasFocus();
    if (hadFocus) this.returnFocus();
    this.close();
  };

  /** To the badge, without that raising the card again. */
  private returnFocus(): void {
    this.returningFocus = true;
    this.button.focus();
    this.returningFocus = false;
  }
}

function makeStyle(): HTMLStyleElement {
  const style = document.createElement('style');
  // By this setter and no other way: where a page forbids inline styles, Firefox lets only those pass that an
  // extension wrote, and it remembers who wrote them only here.
  style.textContent = STYLE;
  return style;
}

function makeButton({ verdict, practice }: Nameable): HTMLButtonElement {
  const name = say(practice.name);
  return make(
    'button',
    {
      type: 'button',
      class: `badge ${verdict.standing}${verdict.disputed ? ' disputed' : ''}`,
      'aria-haspopup': 'dialog',
      'aria-expanded': 'false',
      'aria-label': say(
        verdict.disputed ? 'badgeLabelDisputed' : 'badgeLabel',
        name,
        say(STANDINGS[verdict.standing]),
      ),
    },
    drawIcon(practice.icon),
    name,
  );
}
