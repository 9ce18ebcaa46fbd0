import type { PlacedBadge } from '../engine/engine';
import type { Answer } from '../lookup/answer';
import type { Found } from '../messages';
import { practiceOf } from '../practices';
import { makeCard, type Told } from './card';
import { isTellable } from './departed';
import { make } from './dom';
import { fit } from './fit';
import { hideSoon } from './hiding';
import { makeLookUp } from './lookUp';
import { makeButton, type Nameable } from './marks';
import { place } from './place';
import { BADGE_STYLE, CARD_STYLE } from './style';

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
  /** Asks the service that was named about the account by its name: only on an explicit click. */
  lookUp: (service: string | null) => Promise<Answer>;
  /** The address of the service, to say who learns the name; where it is not given, that of the evidence is told. */
  service?: () => Promise<string>;
  /** Opens the dialog to report the account; not there in private windows. */
  report?: () => void;
}

/** A badge for what was found, null when nothing in it is known to this version. */
export function makeBadge(found: Found, anchor: Element, actions: BadgeActions): PlacedBadge | null {
  const { listing } = found;
  const departure = found.departure && isTellable(found.departure) ? found.departure : null;
  const shown = (listing?.verdicts ?? []).flatMap((verdict): Nameable[] => {
    const practice = practiceOf(verdict);
    return practice ? [{ verdict, practice }] : [];
  });
  const first = shown.find(({ practice }) => !practice.onDemand) ?? null;
  if (!first && !departure) return null;
  return new Badge({ listing, shown, departure }, makeButton(first, departure), anchor, actions);
}

/** The badge beside a name: a button that opens its card by pointer, focus, tap or key. */
class Badge implements PlacedBadge {
  readonly host = make('span', { 'data-fairfollow': '' });
  private readonly root = make('span', { class: 'root' });
  private readonly shadow: ShadowRoot;
  private readonly unfit: () => void;
  private card: HTMLElement | null = null;
  /** Kept while the badge is: who comes back to the card finds the answer there. */
  private lookUp: HTMLElement | null = null;
  private hideNow: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private entered = false;
  /** The pointer went down in the card: in Firefox a page's link around the badge takes the focus then. */
  private pressed = false;
  private returningFocus = false;

  constructor(
    private readonly told: Told,
    private readonly button: HTMLButtonElement,
    anchor: Element,
    private readonly actions: BadgeActions,
  ) {
    this.root.append(button);
    this.shadow = this.host.attachShadow({ mode: SHADOW_MODE });
    this.shadow.append(makeStyle(BADGE_STYLE), this.root);
    this.unfit = fit(this.root, anchor);
    this.listen();
  }

  remove(): void {
    this.close();
    this.unfit();
    this.host.remove();
  }

  private listen(): void {
    const { host, button, root } = this;
    for (const type of KEPT_FROM_PAGE) host.addEventListener(type, keepFromPage);
    root.addEventListener('click', (event) => {
      // A badge may stand inside a link of the page's; only links of our own may be followed from here.
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null) event.preventDefault();
    });
    root.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse') this.after(HOVER_DELAY, this.open);
    });
    root.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse' && !this.hasFocus()) this.after(LEAVE_DELAY, this.close);
    });
    button.addEventListener('focus', () => {
      if (!this.returningFocus && button.matches(':focus-visible')) this.open();
    });
    root.addEventListener('focusout', (event) => {
      if (this.pressed || (event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) return;
      this.close();
    });
    button.addEventListener('click', () => {
      // Pressed while the card is only shown, the badge leads into it; pressed again, it closes it.
      if (this.entered) this.leave();
      else this.enter();
    });
  }

  private after(delay: number, action: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, delay);
  }

  private hasFocus(): boolean {
    return this.shadow.activeElement !== null;
  }

  private readonly open = (): void => {
    clearTimeout(this.timer);
    if (this.card !== null || !this.host.isConnected) return;
    closeOpen?.();
    closeOpen = this.close;
    if (this.lookUp === null) {
      // Most badges are never opened: what only a card needs comes with the first.
      this.shadow.append(makeStyle(CARD_STYLE));
      this.lookUp = this.makeLookUp();
    }
    this.card = makeCard(this.told, this.lookUp, { hide: this.startHiding, report: this.actions.report });
    this.root.append(this.card);
    // The top layer: no row that clips, no stacking order of the page's can cut the card.
    this.card.showPopover();
    this.button.setAttribute('aria-expanded', 'true');
    this.reposition();
    document.addEventListener('keydown', this.onKey, true);
    window.addEventListener('pointerdown', this.onPress, true);
    window.addEventListener('scroll', this.reposition, { capture: true, passive: true });
    window.addEventListener('resize', this.reposition);
  };

  private readonly close = (): void => {
    clearTimeout(this.timer);
    this.hideNow?.();
    const { card } = this;
    if (card === null) return;
    document.removeEventListener('keydown', this.onKey, true);
    window.removeEventListener('pointerdown', this.onPress, true);
    window.removeEventListener('scroll', this.reposition, true);
    window.removeEventListener('resize', this.reposition);
    this.card = null;
    this.entered = this.pressed = false;
    card.remove();
    this.button.setAttribute('aria-expanded', 'false');
    if (closeOpen === this.close) closeOpen = null;
  };

  private enter(): void {
    this.open();
    this.entered = this.card !== null;
    this.card?.focus();
  }

  /** Closes the card; who was in it is at the badge again. */
  private leave(): void {
    if (this.hasFocus()) {
      this.returningFocus = true;
      this.button.focus();
      this.returningFocus = false;
    }
    this.close();
  }

  private makeLookUp(): HTMLElement {
    const { listing } = this.told;
    let named: string | null = null;
    return makeLookUp({
      ask: () => this.actions.lookUp(named),
      host: async () => {
        named = (await this.actions.service?.()) ?? null;
        const address = named ?? listing?.page;
        return address === undefined ? null : new URL(address).host;
      },
      hasEvidence: listing !== null,
      resized: this.reposition,
    });
  }

  private readonly startHiding = (): void => {
    if (this.card === null) return;
    this.root.classList.add('going');
    this.hideNow = hideSoon(this.card, (hidden) => {
      this.hideNow = null;
      this.root.classList.remove('going');
      if (hidden) {
        this.close();
        this.actions.hide();
      } else this.reposition();
    });
    this.reposition();
  };

  private readonly reposition = (): void => {
    if (this.card && !place(this.card, this.button)) this.close();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    this.pressed = false;
    if (event.key !== 'Escape') return;
    // The page would close something of its own by the same key.
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  };

  /** A tap beside the card takes no focus away from it, where nothing there can have it. */
  private readonly onPress = (event: PointerEvent): void => {
    this.pressed = event.composedPath().includes(this.host);
    if (!this.pressed) this.close();
  };
}

function keepFromPage(event: Event): void {
  event.stopPropagation();
}

function makeStyle(text: string): HTMLStyleElement {
  const style = document.createElement('style');
  // By this setter and no other way: where a page forbids inline styles, Firefox lets only those pass that an
  // extension wrote, and it remembers who wrote them only here.
  style.textContent = text;
  return style;
}
