import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest';
import { makeBadge, type BadgeActions } from '../src/badge/badge';
import { factsOfDeparture, isTellable, sayDeparture, sayLeft } from '../src/badge/departed';
import { lightness } from '../src/badge/fit';
import { makeLookUp } from '../src/badge/lookUp';
import type { PlacedBadge } from '../src/engine/engine';
import type { Departure } from '../src/ledger/departure';
import type { Answer, Assessment } from '../src/lookup/answer';
import type { Listing } from '../src/lookup/lookup';
import type { Verdict } from '../src/lookup/wire';
import { ACCOUNT, VERDICT } from './wireSamples';

const LISTING: Listing = {
  account: ACCOUNT,
  verdicts: [VERDICT as unknown as Verdict],
  page: 'https://fairfollow.example/accounts/bluesky/gwen.growth.example',
  checkedAt: 0,
  confirmed: true,
  demo: false,
};

const YEAR = new Date().getFullYear();
const at = (day: string, hour = 12) =>
  new Date(`${day}T${String(hour).padStart(2, '0')}:00:00`).toISOString();
const LEFT: Departure = {
  followed: [at(`${YEAR}-03-03`), at(`${YEAR}-03-03`)],
  left: [at(`${YEAR}-03-05`, 8), at(`${YEAR}-03-05`, 20)],
  uncertain: false,
};

const ASSESSMENT: Assessment = {
  account: ACCOUNT,
  status: 'assessed',
  verdicts: [],
  page: LISTING.page,
  asOf: '2026-11-22T10:00:00Z',
  stale: false,
};

describe('what the record says', () => {
  test('both days', () => {
    expect(sayDeparture(LEFT)).toBe('followed and left you (3 Mar → 5 Mar)');
    expect(sayLeft(LEFT)).toBe('Left you 5 Mar');
    expect(factsOfDeparture(LEFT)).toEqual([
      ['Followed you', '3 Mar'],
      ['Left you', '5 Mar'],
      ['Stayed', 'at most 3 days'],
    ]);
  });

  test('no more exactly than it is known', () => {
    const departure: Departure = {
      followed: [null, at(`${YEAR}-03-03`)],
      left: [at(`${YEAR}-04-28`), at(`${YEAR}-05-02`)],
      uncertain: true,
    };
    expect(sayDeparture(departure).replace(/\s–\s/g, '–')).toBe(
      'followed and left you (by 3 Mar → 28 Apr–2 May); may be a block or suspension',
    );
    expect(factsOfDeparture(departure)).toEqual([
      ['Followed you', '3 Mar or earlier'],
      ['Left you', 'between 28 Apr and 2 May'],
      ['Stayed', 'at least 56 days'],
    ]);
  });

  test('a month once, another year always', () => {
    const departure: Departure = {
      followed: [at('2019-03-01'), at('2019-03-03')],
      left: [null, at('2019-03-05')],
      uncertain: false,
    };
    expect(factsOfDeparture(departure)).toEqual([
      ['Followed you', 'between 1 and 3 Mar 2019'],
      ['Left you', '5 Mar 2019 or earlier'],
      ['Stayed', 'at most 4 days'],
    ]);
  });

  test('nothing where the record is torn', () => {
    expect(isTellable(LEFT)).toBe(true);
    expect(isTellable({ ...LEFT, left: ['nonsense', LEFT.left[1]] })).toBe(false);
    expect(isTellable({ ...LEFT, left: [LEFT.left[1], 'never'] })).toBe(false);
    expect(isTellable({ ...LEFT, followed: [LEFT.left[1], LEFT.followed[1]] })).toBe(false);
  });
});

test.each([
  ['rgb(255, 255, 255)', 1],
  ['rgb(0 0 0 / 0.8)', 0],
  ['rgba(0, 0, 0, 0.2)', null],
  ['transparent', null],
  ['', null],
  ['color(srgb 1 1 1)', 1],
  ['color(display-p3 0 0 0 / 0.1)', null],
  ['oklch(0.25 0.02 260)', 0.25],
  ['lab(90 1 2)', 0.9],
])('the lightness of %s', (color, expected) => {
  const found = lightness(color);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(expected);
});

describe('badge', () => {
  let attached: MockInstance<Element['attachShadow']>;
  const placed: PlacedBadge[] = [];
  let hidden: number;
  let answers: ((answer: Answer) => void)[];
  const actions: BadgeActions = {
    hide: () => hidden++,
    lookUp: () => new Promise((resolve) => answers.push(resolve)),
  };

  beforeEach(() => {
    vi.useFakeTimers();
    hidden = 0;
    answers = [];
    // Closed to the page, open to the test.
    attached = vi.spyOn(Element.prototype, 'attachShadow');
    Object.assign(HTMLElement.prototype, { showPopover: () => undefined });
  });

  afterEach(() => {
    for (const badge of placed) badge.remove();
    document.body.replaceChildren();
    placed.length = 0;
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function put(found: { listing?: Listing; departure?: Departure }) {
    const anchor = document.createElement('span');
    document.body.append(anchor);
    const badge = makeBadge({ listing: null, hidden: false, departure: null, ...found }, anchor, actions);
    if (!badge) return null;
    anchor.after(badge.host);
    placed.push(badge);
    const shadow = attached.mock.results.at(-1)!.value as ShadowRoot;
    const button = shadow.querySelector<HTMLElement>('button.badge')!;
    return { badge, shadow, button, card: () => shadow.querySelector<HTMLElement>('.card') };
  }

  const press = (card: HTMLElement | null, selector: string) => {
    card!.querySelector<HTMLElement>(selector)!.click();
  };

  test('none where there is nothing this version can say', () => {
    const unnamed = { ...LISTING.verdicts[0]!, practice: 'from-a-newer-service' };
    const onDemand = { ...LISTING.verdicts[0]!, practice: 'never-replies' };
    expect(put({})).toBeNull();
    expect(put({ listing: { ...LISTING, verdicts: [unnamed, onDemand] } })).toBeNull();
    expect(put({ departure: { ...LEFT, left: [null, 'torn'] } })).toBeNull();
    // A measure without a badge of its own is told in the card of another.
    const both = put({ listing: { ...LISTING, verdicts: [onDemand] }, departure: LEFT })!;
    expect(both.button.getAttribute('aria-label')).toBe(
      'Left you 5 Mar, followed and left you (3 Mar → 5 Mar): details',
    );
    both.button.click();
    expect(Array.from(both.card()!.querySelectorAll('h2'), (heading) => heading.textContent)).toEqual([
      'Never replies',
      'followed and left you (3 Mar → 5 Mar)',
    ]);
  });

  test('makes its card when it is opened, and one at a time', () => {
    const [one, other] = [put({ listing: LISTING })!, put({ departure: LEFT })!];
    expect(one.shadow.querySelectorAll('style')).toHaveLength(1);
    one.button.click();
    expect(one.card()).not.toBeNull();
    other.button.click();
    expect(one.card()).toBeNull();
    expect(one.button.getAttribute('aria-expanded')).toBe('false');
    expect(other.card()).not.toBeNull();
    other.button.click();
    expect(other.card()).toBeNull();
  });

  test('leaves nothing behind', () => {
    const targets = [document, window];
    const added = targets.map((target) => vi.spyOn(target, 'addEventListener'));
    const removed = targets.map((target) => vi.spyOn(target, 'removeEventListener'));
    const heard = (spies: { mock: { calls: unknown[][] } }[]) =>
      spies.flatMap(({ mock }) => mock.calls.map(([type]) => type)).sort();
    const { badge, button, card } = put({ listing: LISTING })!;
    button.click();
    press(card(), '.hide');
    expect(heard(added)).toEqual(['keydown', 'pagehide', 'pointerdown', 'resize', 'scroll']);
    badge.remove();
    expect(heard(removed)).toEqual(heard(added));
    expect(vi.getTimerCount()).toBe(0);
    expect(document.querySelector('[data-fairfollow]')).toBeNull();
  });

  test('hides after a moment, unless that is undone', () => {
    const { button, card } = put({ listing: LISTING })!;
    button.click();
    press(card(), '.hide');
    expect(card()!.textContent).toBe('Hidden here.Undo');
    press(card(), '.plain');
    vi.runAllTimers();
    expect(hidden).toBe(0);
    expect(card()!.textContent).toContain('836 follows');

    press(card(), '.hide');
    vi.runAllTimers();
    expect(hidden).toBe(1);
    expect(card()).toBeNull();
  });

  test('hides at once when its row is taken away, and only once', () => {
    const { badge, button, card } = put({ listing: LISTING })!;
    button.click();
    press(card(), '.hide');
    badge.remove();
    expect(hidden).toBe(1);
    vi.runAllTimers();
    expect(hidden).toBe(1);
  });

  test('asks when it is told to, once, and shows an answer that comes while it is closed', async () => {
    const { button, card } = put({ listing: LISTING })!;
    button.click();
    expect(answers).toHaveLength(0);
    press(card(), '.ask');
    press(card(), '.ask');
    expect(answers).toHaveLength(1);
    expect(card()!.querySelector('.status')!.textContent).toBe('Asking the service…');
    button.click();
    answers[0]!({ assessment: { ...ASSESSMENT, stale: true } });
    await vi.runAllTimersAsync();
    button.click();
    expect(card()!.querySelector('.status')!.textContent).toMatch(
      /^What the service holds.*last published\.$/,
    );
    expect(card()!.querySelector('.ask')).toBeNull();
  });
});

describe('look-up', () => {
  const section = (ask: () => Promise<Answer>, host = () => Promise.resolve<string | null>(null)) =>
    makeLookUp({ ask, host, hasEvidence: false, resized: () => undefined });
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  test.each([
    [{ failure: 'away' }, 'The service does not answer.'],
    [{ failure: 'invalid' }, 'The service answered, but not with anything we can trust.'],
    [
      { failure: 'too-many-requests' },
      'That was asked often in a short time. In a few minutes the service answers again.',
    ],
    [{ failure: 'off' }, 'This could not be asked from here. Reload the page and try again.'],
    [null, 'This could not be asked from here. Reload the page and try again.'],
  ] as const)('%o is said in a sentence, and may be tried again', async (answer, sentence) => {
    const shown = section(() => (answer ? Promise.resolve(answer) : Promise.reject(new Error('gone'))));
    shown.querySelector<HTMLElement>('.ask')!.click();
    await settled();
    expect(shown.querySelector('.status')!.textContent).toBe(sentence);
    expect(shown.querySelector('.ask')!.textContent).toBe('Try again');
    expect(shown.querySelector('.ask')!.hasAttribute('aria-disabled')).toBe(false);
  });

  test.each([
    ['unknown', 'The service has never heard of this account.'],
    ['not-listed', /^Nothing is listed for this account\./],
  ] as const)('an account that is %s', async (status, sentence) => {
    const shown = section(() => Promise.resolve({ assessment: { ...ASSESSMENT, status } }));
    shown.querySelector<HTMLElement>('.ask')!.click();
    await settled();
    expect(shown.querySelector('.status')!.textContent).toMatch(sentence);
    expect(shown.querySelector('ul')).toBeNull();
    expect(shown.querySelector('a')!.href).toBe(LISTING.page);
  });

  test('says who learns the name, as far as that is known', async () => {
    const hint = async (host: () => Promise<string | null>) => {
      const shown = section(() => Promise.reject(new Error('not asked')), host);
      await settled();
      return shown.querySelector('.hint')!.textContent;
    };
    expect(await hint(() => Promise.resolve('fairfollow.example'))).toBe(
      'Sends this account’s name to fairfollow.example.',
    );
    expect(await hint(() => Promise.reject(new Error('gone')))).toBe(
      'Sends this account’s name to the service.',
    );
  });
});
