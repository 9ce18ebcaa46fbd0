/** Everything is reset at the host, so that a page's styles end there and ours do not leak out. */
export const STYLE = `
:host {
  all: initial !important;
  display: inline-block !important;
  flex: none !important;
  vertical-align: middle !important;
  margin-inline-start: 6px !important;
  font: 15px/1.45 system-ui, sans-serif !important;
}
.root {
  --ground: #fff; --ground-2: #f6f8fa; --line: #dfe3e8; --text: #16202c; --muted: #5b6675; --link: #2355d0;
  --likely: #8a5200; --likely-ground: #fdf3e1; --likely-line: #e0b877;
  --confirmed: #fff; --confirmed-ground: #a01820;
  --followed: #2355d0; --unfollowed: #c44a1b;
  --shadow: 0 10px 30px rgb(16 24 40 / .18);
  color: var(--text); color-scheme: light;
  font-variant-numeric: tabular-nums; text-align: start;
}
.root[data-theme="dark"] {
  --ground: #161d26; --ground-2: #1c2530; --line: #2e3a47; --text: #e9eef4; --muted: #9fabb9; --link: #86a8ff;
  --likely: #f2b650; --likely-ground: #2f2412; --likely-line: #6d5220;
  --confirmed: #2b0708; --confirmed-ground: #ff8f8a;
  --followed: #7da0ff; --unfollowed: #ff9a63;
  --shadow: 0 10px 30px rgb(0 0 0 / .5);
  color-scheme: dark;
}
button { font: inherit; color: inherit; background: none; border: 0; margin: 0; padding: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.icon { flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

.badge, .standing { border: 1px solid; border-radius: 999px; font-weight: 600; white-space: nowrap; }
.badge {
  position: relative; display: inline-flex; align-items: center; gap: 4px;
  height: 22px; box-sizing: border-box; padding: 0 8px 0 6px; font-size: 12.5px; line-height: 20px;
}
.badge .icon { width: 14px; height: 14px; }
/* A finger needs more than 22 px: the reach grows, the badge does not. */
.badge::before { content: ""; position: absolute; inset: -6px -3px; }
.likely { color: var(--likely); background: var(--likely-ground); border-color: var(--likely-line); }
.confirmed { color: var(--confirmed); background: var(--confirmed-ground); border-color: var(--confirmed-ground); }
/* Disputed: a speech notch. */
.disputed::after {
  content: ""; position: absolute; left: 14px; bottom: -5px; width: 7px; height: 7px; box-sizing: border-box;
  background: inherit; border: inherit; border-width: 0 1px 1px 0; border-color: inherit; transform: rotate(45deg);
}

.card {
  position: fixed; inset: auto; margin: 0; padding: 0; box-sizing: border-box;
  width: min(400px, calc(100vw - 16px)); overflow: auto; overscroll-behavior: contain;
  color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 14px;
  box-shadow: var(--shadow); font-size: 14px; line-height: 1.45; white-space: normal; cursor: auto;
  animation: open 120ms ease-out;
}
.card:focus { outline: none; }
@keyframes open { from { opacity: 0; transform: translateY(-4px); } }
@media (prefers-reduced-motion: reduce) { .card { animation: none; } }

.head { display: flex; align-items: center; gap: 10px; padding: 14px 16px 0; }
.head .icon { width: 20px; height: 20px; color: var(--likely); }
.head .icon.of-confirmed { color: var(--unfollowed); }
h2 { flex: 1; margin: 0; font-size: 16px; font-weight: 600; line-height: 1.3; }
.standing { padding: 1px 9px; font-size: 12.5px; }
p { margin: 0; }
.statement { padding: 8px 16px 0; max-width: 75ch; overflow-wrap: anywhere; }
b { font-weight: 650; }
figure { margin: 12px 16px 0; }
.spark { display: block; width: 100%; height: auto; }
.followed { fill: var(--followed); background: var(--followed); }
.unfollowed { fill: var(--unfollowed); background: var(--unfollowed); }
figcaption { display: flex; gap: 16px; margin-top: 6px; font-size: 12.5px; color: var(--muted); }
figcaption span { display: flex; align-items: center; gap: 5px; }
figcaption i { width: 9px; height: 9px; border-radius: 2px; }
dl { margin: 12px 0 0; padding: 10px 16px; border-top: 1px solid var(--line); font-size: 12.5px; }
dl div { display: flex; justify-content: space-between; gap: 12px; padding: 1px 0; }
dt { flex: none; color: var(--muted); }
dd { margin: 0; text-align: end; }
.caveats { padding: 10px 16px; border-top: 1px solid var(--line); background: var(--ground-2); font-size: 12.5px; color: var(--muted); }
.notice { margin: 10px 16px 0; padding: 6px 10px; border-radius: 8px; background: var(--ground-2); font-size: 12.5px; color: var(--muted); }
/* In sight even where the card is too long for the window. */
.actions { position: sticky; bottom: 0; background: var(--ground); display: flex; justify-content: space-between; gap: 16px; padding: 12px 16px; border-top: 1px solid var(--line); font-size: 13px; }
.actions a { color: var(--link); font-weight: 600; text-decoration: none; }
.actions a:hover, .actions button:hover { text-decoration: underline; }
.actions button { color: var(--muted); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@media (forced-colors: active) {
  .badge, .standing { border-color: ButtonBorder; }
  .confirmed { border-width: 2px; }
  .followed { fill: CanvasText; background: CanvasText; forced-color-adjust: none; }
  .unfollowed { fill: GrayText; background: GrayText; forced-color-adjust: none; }
}
`;
