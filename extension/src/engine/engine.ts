import { accountKeys, type ShownAccount } from '../lookup/account';
import { FRESH } from '../lookup/ranges';
import type { Found } from '../messages';
import type { Anchor, Page, Surface } from '../sites/site';
import { isShowing } from './showing';

/** A badge's own element, and how to take down what belongs to it. */
export interface PlacedBadge {
  host: Element;
  remove(): void;
}

/** What the engine needs from outside; everything here is replaced in tests. */
export interface Surroundings {
  document: Document;
  pageAt: (address: string) => Page | null;
  /** In order; null where nobody could answer. */
  lookUp: (accounts: ShownAccount[]) => Promise<Found[] | null>;
  /** Null where there is nothing to say. */
  makeBadge: (found: Found, anchor: Element, shown: ShownAccount) => PlacedBadge | null;
  /** Told of each element that shows an account, and again whenever something in it changes. */
  noticed?: (element: Element, surface: Surface) => void;
  nextFrame: (callback: () => void) => void;
  later: (milliseconds: number, callback: () => void) => void;
  now: () => number;
}

/** What is known about one element that shows an account. */
interface Placement {
  surface: Surface;
  shown: ShownAccount;
  key: string;
  anchor: Element | null;
  said: string;
  badge: PlacedBadge | null;
  /** How often this element has been painted: a site that keeps removing a badge is not fought. */
  painted: number;
}

interface Remembered {
  found: Found;
  until: number;
}

const NOTHING: Found = { listing: null, hidden: false, departure: null };
const MOST_REPAINTS = 10;
// A batch goes to the background in one message; longer lists take several.
const BATCH = 50;
// Messages to the background: so many without a pause, then one in so many milliseconds.
const MOST_AT_ONCE = 10;
const ASK_EVERY = 120;
// Single-page sites take a while to fetch what a page shows.
const TIME_TO_RENDER = 8_000;
const MOST_REMEMBERED = 5_000;
// Sweeping costs a look at every placement, so it waits until there are about twice as many as were alive at the last.
const LEAST_SWEPT = 200;

/**
 * Watches a page and keeps one badge at each listed account it shows. Work is proportional to what the page adds:
 * added nodes are queued and read once a frame; nothing is rescanned but on navigation.
 */
export class Engine {
  private readonly queue = new Set<Element>();
  private readonly placements = new Map<Element, Placement>();
  /** Those with a badge: few, so they may be looked at in every frame. */
  private readonly badged = new Map<Element, Placement>();
  private readonly anchors = new WeakMap<Element, Placement>();
  private readonly remembered = new Map<string, Remembered>();
  private readonly observer: MutationObserver;
  /** Who waits for an answer, by account; those not asked about yet. */
  private readonly waiting = new Map<string, Set<Element>>();
  private readonly unasked = new Map<string, ShownAccount>();
  /** What was asked under another one is no longer asked. */
  private asking = {};
  private running = false;
  private framePending = false;
  private askPending = false;
  private credit = MOST_AT_ONCE;
  private creditAt = 0;
  private sweepAt = LEAST_SWEPT;
  private address = '';
  private arrivedAt = 0;
  private page: Page | null = null;
  /** Any surface of the page: one search of the document does for all. */
  private selector = '';

  constructor(private readonly around: Surroundings) {
    this.observer = new MutationObserver((mutations) => {
      this.notice(mutations);
    });
  }

  start(): void {
    this.running = true;
    this.observer.observe(this.around.document, {
      subtree: true,
      childList: true,
      // A recycled row shows another account by changing its link.
      attributeFilter: ['href'],
    });
    this.scheduleFlush();
  }

  stop(): void {
    this.running = false;
    this.observer.disconnect();
    this.queue.clear();
    this.unasked.clear();
    this.waiting.clear();
    for (const [element, placement] of this.placements) this.forget(element, placement);
  }

  /** Looks up again whatever the page shows; a badge stays until the answer is there. */
  refresh(): void {
    this.remembered.clear();
    // What is on its way may be from before: whoever waits for it asks again.
    this.asking = {};
    this.waiting.clear();
    this.unasked.clear();
    this.paint(this.placements.keys());
  }

  /** Looks up again what was last confirmed too long ago, for pages that stay open. */
  refreshStale(): void {
    this.paint(this.placements.keys());
  }

  /** The same for the badges on the page only: what was withdrawn must not stay on a page that does. */
  refreshBadges(): void {
    this.paint([...this.badged.keys()]);
  }

  /** The account whose profile the page shows. */
  profile(): ShownAccount | null {
    for (const [element, { surface }] of this.placements) {
      if (surface.kind === 'profile' && isShowing(element)) return surface.identify(element);
    }
    return null;
  }

  /** Whether this is a page we know, and had its time, and what we expect is not on it. */
  changed(): boolean {
    const expected = this.page?.expects ?? null;
    if (expected === null || this.around.now() - this.arrivedAt < TIME_TO_RENDER) return false;
    return ![...this.placements].some(
      ([element, { surface }]) => surface.kind === expected && isShowing(element),
    );
  }

  private notice(mutations: MutationRecord[]): void {
    for (const mutation of mutations) {
      // Each field makes an object of its own, and pages that scroll have thousands of these.
      if (mutation.type === 'attributes') this.queue.add(mutation.target as Element);
      else {
        const { addedNodes } = mutation;
        for (let index = addedNodes.length - 1; index >= 0; index--) {
          const node = addedNodes[index];
          if (node?.nodeType === Node.ELEMENT_NODE) this.queue.add(node as Element);
        }
      }
    }
    // Removals alone need a frame as well: badges go with their anchors.
    this.scheduleFlush();
  }

  private scheduleFlush(): void {
    if (this.framePending) return;
    this.framePending = true;
    this.around.nextFrame(() => {
      this.framePending = false;
      if (this.running) this.flush();
    });
  }

  private flush(): void {
    this.arrive();
    const touched = new Set<Element>();
    for (const [element, placement] of this.badged) {
      if (!element.isConnected) this.forget(element, placement);
      else if (placement.badge?.host.isConnected === false) touched.add(element);
    }
    if (this.placements.size > this.sweepAt) this.sweep();
    for (const element of this.affected()) if (this.identify(element)) touched.add(element);
    this.queue.clear();
    this.paint(touched);
  }

  /** Notes that the page has another address: whatever it shows is read anew. */
  private arrive(): void {
    const { document, now, pageAt } = this.around;
    const address = document.location.href;
    // Some front ends cannot be told by their first frame.
    const page = this.page === null || address !== this.address ? pageAt(address) : this.page;
    if (address === this.address && page === this.page) return;
    if (address !== this.address) this.arrivedAt = now();
    this.address = address;
    this.page = page;
    this.selector = (this.page?.surfaces ?? []).map(({ selector }) => selector).join();
    this.queue.clear();
    this.queue.add(document.documentElement);
  }

  private sweep(): void {
    for (const [element, placement] of this.placements) {
      if (!element.isConnected) this.forget(element, placement);
    }
    this.sweepAt = Math.max(LEAST_SWEPT, 2 * this.placements.size);
  }

  /** The elements that show an account, as far as what was queued lies in them, is one, or contains some. */
  private affected(): Set<Element> {
    const elements = new Set<Element>();
    if (this.selector === '') return elements;
    // Rows that arrive together have one parent.
    const climbed = new Set<Element | null>([null]);
    for (const node of this.queue) {
      if (!node.isConnected) continue;
      if (node.matches(this.selector)) elements.add(node);
      for (const inside of node.querySelectorAll(this.selector)) elements.add(inside);
      const parent = node.parentElement;
      if (climbed.has(parent)) continue;
      climbed.add(parent);
      // A row may hold others, such as a quoted post: each of them is somebody's.
      for (let around = parent; around; around = around.parentElement) {
        around = around.closest(this.selector);
        if (around === null) break;
        elements.add(around);
      }
    }
    return elements;
  }

  /** Notes whose element this is now. A badge that has become another account's goes at once. */
  private identify(element: Element): boolean {
    const placement = this.placements.get(element);
    for (const surface of this.page?.surfaces ?? []) {
      if (!element.matches(surface.selector)) continue;
      const shown = surface.identify(element);
      if (shown === null) continue;
      const key = accountKeys(shown).join(' ');
      if (placement?.key !== key || placement.surface.kind !== surface.kind) {
        if (placement) this.forget(element, placement);
        const fresh = { surface, shown, key, anchor: null, said: '', badge: null, painted: 0 };
        this.placements.set(element, fresh);
      }
      this.around.noticed?.(element, surface);
      return true;
    }
    if (placement) this.forget(element, placement);
    return false;
  }

  private forget(element: Element, placement: Placement): void {
    this.takeDown(element, placement);
    this.placements.delete(element);
  }

  private takeDown(element: Element, placement: Placement): void {
    placement.badge?.remove();
    placement.badge = null;
    this.badged.delete(element);
  }

  /** Shows what is remembered in this very frame, so that a row rendered anew does not flicker, and asks for the rest. */
  private paint(elements: Iterable<Element>): void {
    for (const element of elements) {
      const placement = this.placements.get(element);
      if (!placement) continue;
      const found = this.recall(placement.key);
      if (found) this.show(element, placement, found);
      else this.await(element, placement);
    }
    if (this.unasked.size > 0) this.askSoon();
  }

  private await(element: Element, { key, shown }: Placement): void {
    const waiting = this.waiting.get(key);
    if (waiting) waiting.add(element);
    else {
      this.waiting.set(key, new Set([element]));
      this.unasked.set(key, shown);
    }
  }

  /** At once, or a little later on a page that keeps bringing people: a message costs more than all else done for a row. */
  private askSoon(): void {
    if (this.askPending) return;
    this.askPending = true;
    this.refill();
    const pause = this.credit >= 1 ? 0 : (1 - this.credit) * ASK_EVERY;
    this.around.later(pause, () => {
      this.askPending = false;
      this.refill();
      this.credit = Math.max(0, this.credit - 1);
      const asked = [...this.unasked];
      this.unasked.clear();
      for (let start = 0; start < asked.length; start += BATCH)
        void this.ask(asked.slice(start, start + BATCH));
    });
  }

  private refill(): void {
    const now = this.around.now();
    this.credit = Math.min(MOST_AT_ONCE, this.credit + Math.max(0, now - this.creditAt) / ASK_EVERY);
    this.creditAt = now;
  }

  private async ask(batch: [string, ShownAccount][]): Promise<void> {
    const { lookUp, now } = this.around;
    const { asking } = this;
    const answers = await lookUp(batch.map(([, shown]) => shown));
    if (asking !== this.asking) return;
    if (this.remembered.size > MOST_REMEMBERED) this.remembered.clear();
    batch.forEach(([key], index) => {
      const waiting = this.waiting.get(key) ?? [];
      this.waiting.delete(key);
      if (answers === null) return; // not remembered: what shows the account next asks again
      const found = answers[index] ?? NOTHING;
      // An answer from a service that is away now may be hours old: it is good for painting, not for remembering long.
      const until = Math.max((found.listing?.checkedAt ?? now()) + FRESH, now() + FRESH / 4);
      this.remembered.set(key, { found, until });
      for (const element of waiting) {
        const placement = this.placements.get(element);
        if (placement?.key === key) this.show(element, placement, found);
      }
    });
  }

  private recall(key: string): Found | null {
    const memory = this.remembered.get(key);
    // A clock that was set back must not keep what is to be asked for anew.
    const left = memory ? memory.until - this.around.now() : -1;
    return memory && left >= 0 && left <= FRESH ? memory.found : null;
  }

  private show(element: Element, placement: Placement, found: Found): void {
    const { listing, hidden, departure } = found;
    if ((listing === null && departure === null) || hidden || !this.isStill(element, placement)) {
      this.takeDown(element, placement);
      return;
    }
    const anchor = placement.surface.anchor(element);
    if (anchor === null || this.isTaken(anchor.node, placement)) {
      this.takeDown(element, placement);
      return;
    }
    const said = JSON.stringify([listing && { ...listing, checkedAt: 0 }, departure]);
    const stands = placement.badge?.host.isConnected === true && placement.anchor === anchor.node;
    if (stands && placement.said === said) return;
    this.takeDown(element, placement);
    if (placement.painted++ >= MOST_REPAINTS) return;
    placement.anchor = anchor.node;
    placement.said = said;
    placement.badge = this.around.makeBadge(found, anchor.node, placement.shown);
    if (placement.badge === null) return;
    insert(placement.badge.host, anchor);
    this.badged.set(element, placement);
    this.anchors.set(anchor.node, placement);
  }

  /** While the answer was on its way the element may have become another account's. */
  private isStill(element: Element, placement: Placement): boolean {
    const shown = this.running && element.isConnected ? placement.surface.identify(element) : null;
    return shown !== null && accountKeys(shown).join(' ') === placement.key;
  }

  /** Surfaces may overlap, as a row in a hover card does; a name has one badge. */
  private isTaken(anchor: Element, placement: Placement): boolean {
    const other = this.anchors.get(anchor);
    return other !== undefined && other !== placement && other.badge?.host.isConnected === true;
  }
}

function insert(host: Element, { node, place }: Anchor): void {
  if (place === 'end') node.append(host);
  else node.after(host);
}
