/**
 * Everything is reset at the host, so that a page's styles end there and ours do not leak out. The host has no height:
 * no line grows by it. A badge is as high as the lines of text around it allow, and tells a standing by its form as
 * well as its colour.
 */
export const BADGE_STYLE = `
:host {
  all: initial !important;
  display: inline-flex !important; flex: none !important; align-items: center !important; align-self: center !important;
  height: 0 !important; vertical-align: middle !important; margin-inline-start: 6px !important;
  font-family: system-ui, sans-serif !important; font-size: inherit !important; line-height: inherit !important;
  -webkit-text-size-adjust: none !important; text-size-adjust: none !important;
}
.root {
  --ground: #fff; --ground-2: #f6f8fa; --line: #dfe3e8; --text: #16202c; --muted: #5b6675; --edge: #7b8796;
  --link: #2355d0; --link-ground: #fff;
  --likely: #8a5200; --likely-ground: #fdf3e1; --likely-line: #b5802a;
  --confirmed: #fff; --confirmed-ground: #a01820;
  --followed: #2355d0; --unfollowed: #c44a1b;
  --shadow: 0 10px 30px rgb(16 24 40 / .18);
  display: inline-flex; height: clamp(16px, 1lh - 2px, 22px);
  color: var(--text); color-scheme: light;
  font-variant-numeric: tabular-nums; text-align: start; white-space: nowrap;
}
.root[data-theme="dark"] {
  --ground: #161d26; --ground-2: #1c2530; --line: #2e3a47; --text: #e9eef4; --muted: #9fabb9; --edge: #76859a;
  --link: #86a8ff; --link-ground: #161d26;
  --likely: #f2b650; --likely-ground: #2f2412; --likely-line: #95702a;
  --confirmed: #2b0708; --confirmed-ground: #ff8f8a;
  --followed: #7da0ff; --unfollowed: #ff9a63;
  --shadow: 0 10px 30px rgb(0 0 0 / .5);
  color-scheme: dark;
}
.root.going .badge { opacity: .4; }
button { font: inherit; color: inherit; background: none; border: 0; margin: 0; padding: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.icon { flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

.badge {
  position: relative; display: inline-flex; gap: 4px; height: 100%; border-radius: 999px;
  font-size: clamp(11px, (1lh - 2px) * .66, 12.5px); line-height: 1; font-weight: 600;
}
/* A finger needs more than 22 px: the reach grows, the badge does not. */
.badge::before { content: ""; position: absolute; inset: -6px 0; }
.mark {
  position: relative; display: inline-flex; align-items: center; gap: 4px; box-sizing: border-box; height: 100%;
  padding: 0 6px;
}
.mark, .standing { border: 1px solid transparent; border-radius: 999px; }
.mark .icon { width: 14px; height: 14px; max-height: 80%; }
.words { margin-inline-end: 2px; }
.signs { color: var(--muted); border: 1px dashed var(--edge); }
.likely { color: var(--likely); background: var(--likely-ground); border-color: var(--likely-line); }
.confirmed { color: var(--confirmed); background: var(--confirmed-ground); border-color: var(--confirmed-ground); }
.record { color: var(--link); background: var(--link-ground); border-color: currentColor; }
.long::first-letter { text-transform: uppercase; }
.long, .beside .short { display: none; }
[data-room="none"] { display: none; }
@media (min-width: 480px) {
  [data-room="long"] .long { display: inline-block; }
  [data-room="long"] .short { display: none; }
}
[data-room="icon"] .words { display: none; }
/* Disputed: a speech notch. */
.disputed::after {
  content: ""; position: absolute; inset-inline-start: 12px; bottom: -4px; width: 6px; height: 6px; box-sizing: border-box;
  background: inherit; border: inherit; border-width: 0 1px 1px 0; border-color: inherit; transform: rotate(45deg);
}

@media (prefers-contrast: more) {
  .root { --muted: var(--text); --edge: currentColor; --line: currentColor; --likely-line: currentColor; }
}
@media (forced-colors: active) {
  .mark, .standing { border-color: CanvasText; }
  .signs { border-color: GrayText; }
  .record { color: LinkText; border-color: LinkText; }
  .confirmed { forced-color-adjust: none; color: Canvas; background: CanvasText; }
}
`;

/** What only an open card needs. */
export const CARD_STYLE = `
.card {
  position: fixed; inset: auto; margin: 0; padding: 0; box-sizing: border-box;
  width: min(400px, calc(100vw - 16px)); overflow: auto; overscroll-behavior: contain; scrollbar-width: thin;
  color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 14px;
  box-shadow: var(--shadow); font: 14px/1.45 system-ui, sans-serif; white-space: normal; overflow-wrap: anywhere;
  cursor: auto; animation: open 120ms ease-out;
}
.card:focus, ul:focus { outline: none; }
@keyframes open { from { opacity: 0; transform: translateY(-4px); } }
@media (prefers-reduced-motion: reduce) { .card { animation: none; } }

.head { display: flex; align-items: center; gap: 10px; padding: 14px 16px 0; }
* + .head { border-top: 1px solid var(--line); }
.head .icon { width: 20px; height: 20px; }
.of-likely { color: var(--likely); }
.of-confirmed { color: var(--confirmed-ground); }
.of-record { color: var(--link); }
h2 { flex: 1; margin: 0; font-size: 16px; font-weight: 600; line-height: 1.3; text-wrap: balance; }
h2::first-letter { text-transform: uppercase; }
.standing { flex: none; padding: 1px 9px; font-size: 12.5px; font-weight: 600; }
.not-found, .unknown { padding-inline: 0; border: 0; color: var(--muted); font-weight: 400; }
.cleared { border-color: var(--edge); }
p { margin: 0; }
.statement { padding: 8px 16px 0; max-width: 75ch; }
b { font-weight: 650; }
figure { margin: 12px 16px 0; }
.spark { display: block; width: 100%; height: auto; }
.followed { fill: var(--followed); background: var(--followed); }
.unfollowed { fill: var(--unfollowed); background: var(--unfollowed); }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 6px; font-size: 12.5px; color: var(--muted); }
figcaption span { display: flex; align-items: center; gap: 5px; }
figcaption i { width: 9px; height: 9px; border-radius: 2px; }
dl { margin: 12px 0 0; padding: 10px 16px; border-top: 1px solid var(--line); font-size: 12.5px; }
dl div { display: flex; justify-content: space-between; gap: 12px; padding: 1px 0; }
dt { color: var(--muted); }
dd { margin: 0; text-align: end; }
.caveats, .look-up { padding: 10px 16px; border-top: 1px solid var(--line); font-size: 12.5px; }
.caveats { background: var(--ground-2); color: var(--muted); }
.notice { margin: 10px 16px 0; padding: 6px 10px; border-radius: 8px; background: var(--ground-2); font-size: 12.5px; color: var(--muted); }

.look-up { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; }
.ask { padding: 4px 10px; border: 1px solid var(--edge); border-radius: 8px; font-weight: 600; }
.ask:hover { border-color: currentColor; }
.asking .ask { color: var(--muted); cursor: progress; }
.hint, .status { flex: 1 1 160px; color: var(--muted); }
.status { flex-basis: 100%; }
.status:empty { display: none; }
.status:focus { outline: none; }
ul { flex: 1 1 100%; margin: 0; padding: 0; list-style: none; }
li { padding: 6px 0; }
li + li { border-top: 1px solid var(--line); }
.line { display: flex; align-items: center; gap: 8px; }
.line .icon { width: 16px; height: 16px; color: var(--muted); }
.name { flex: 1; font-weight: 600; }
li p { padding-inline-start: 24px; }
li p + p { margin-top: 3px; }
li p:empty { display: none; }
.aside { color: var(--muted); }

/* In sight even where the card is too long for the window. */
.actions { position: sticky; bottom: 0; background: var(--ground); display: flex; justify-content: space-between; gap: 16px; padding: 12px 16px; border-top: 1px solid var(--line); font-size: 13px; }
a { color: var(--link); font-weight: 600; text-decoration: none; }
.notice a { text-decoration: underline; }
a:hover, .plain:hover { text-decoration: underline; }
.rebuttal { display: block; color: var(--text); }
.report, .hide { color: var(--muted); }
.hide { margin-inline-start: auto; }
.hidden { display: flex; justify-content: space-between; gap: 16px; padding: 12px 16px; }
.hidden .plain { color: var(--link); font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@media (forced-colors: active) {
  .head .icon, .line .icon { color: CanvasText; }
  .followed { fill: CanvasText; background: CanvasText; forced-color-adjust: none; }
  .unfollowed { fill: GrayText; background: GrayText; forced-color-adjust: none; }
}
`;
