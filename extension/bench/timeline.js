/* A timeline in the markup of X that grows below and drops what left above, as the site's own does. Runs in the page. */
const ROWS_KEPT = 60;
const ROWS_A_FRAME = 5;
const ROW_HEIGHT = 140;
const NAMES = ['Ada', 'Bruno', 'Chidi', 'Dina', 'Emre', 'Fatou', 'Goro', 'Hana', 'Ines', 'Jonas'];

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

function post(index) {
  const handle = `person_${index}`;
  const link = (...children) => make('a', { href: `/${handle}`, role: 'link' }, ...children);
  const span = (...children) => make('span', {}, ...children);
  const button = (name) =>
    make('button', { 'data-testid': name, type: 'button' }, make('div', {}, span(span(String(index % 97)))));
  return make(
    'div',
    { 'data-testid': 'cellInnerDiv', style: `transform: translateY(${index * ROW_HEIGHT}px)` },
    make(
      'article',
      { 'data-testid': 'tweet', role: 'article' },
      make('div', { class: 'avatar', 'data-testid': 'Tweet-User-Avatar' }, link(make('i'))),
      make(
        'div',
        { class: 'body' },
        make(
          'div',
          { 'data-testid': 'User-Name', class: 'names' },
          make(
            'div',
            { class: 'name' },
            make('div', {}, link(make('div', { dir: 'ltr' }, span(span(NAMES[index % 10]))))),
          ),
          make(
            'div',
            { class: 'handle' },
            make(
              'div',
              {},
              make(
                'div',
                { tabindex: '-1' },
                make(
                  'a',
                  { href: `/${handle}`, role: 'link' },
                  make('div', { dir: 'ltr' }, span(`@${handle}`)),
                ),
              ),
              make('div', {}, span('·')),
              make(
                'div',
                {},
                make(
                  'a',
                  { href: `/${handle}/status/${index}` },
                  make('time', { datetime: '2026-11-20T10:00:00.000Z' }, '2h'),
                ),
              ),
            ),
          ),
        ),
        make(
          'div',
          { 'data-testid': 'tweetText', dir: 'auto' },
          span(`What number ${index} has to say, with a word to `),
          make('a', { href: `/person_${(index * 7) % 2000}` }, `@person_${(index * 7) % 2000}`),
          span(' and a second line so that rows are as high as rows are.'),
        ),
        make(
          'div',
          { role: 'group' },
          button('reply'),
          button('retweet'),
          button('like'),
          button('bookmark'),
        ),
      ),
    ),
  );
}

/** Scrolls through so many posts and resolves when the last is shown. */
window.scrollThrough = (posts) =>
  new Promise((resolve) => {
    const list = document.querySelector('[aria-label="Timeline"]');
    let next = 0;
    const frame = () => {
      for (let i = 0; i < ROWS_A_FRAME && next < posts; i++) list.append(post(next++));
      while (list.children.length > ROWS_KEPT) list.firstElementChild.remove();
      list.style.height = `${next * ROW_HEIGHT}px`;
      window.scrollTo(0, next * ROW_HEIGHT);
      if (next < posts) requestAnimationFrame(frame);
      else setTimeout(resolve, 500);
    };
    requestAnimationFrame(frame);
  });

/** Shows one post and resolves with the milliseconds until something of the extension's stood in it. */
window.untilBadge = (index) =>
  new Promise((resolve) => {
    const list = document.querySelector('[aria-label="Timeline"]');
    const row = post(index);
    const shown = performance.now();
    const seen = new MutationObserver(() => {
      if (!row.querySelector('[data-fairfollow]')) return;
      seen.disconnect();
      resolve(performance.now() - shown);
    });
    seen.observe(row, { childList: true, subtree: true });
    list.replaceChildren(row);
  });

window.shifts = 0;
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.shifts += value;
}).observe({ type: 'layout-shift', buffered: true });
