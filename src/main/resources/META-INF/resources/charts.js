// Lets charts be looked into: drag to zoom, point or use arrow keys to read values. The picture stays where there is no library,
// in print, and where the system sets the colours, which no canvas follows.
const LIBRARY = "/webjars/uplot/1.6.30/dist/uPlot.";
const DAY = 86400;
/** Pixels; narrower bars cannot be told apart. */
const BAR = 5;

const root = document.documentElement;
const language = root.lang === "en" ? "en-GB" : root.lang;
const numbers = (parts) => new Intl.NumberFormat(language, parts);
const number = numbers();
const short = numbers({ notation: "compact" });
const share = numbers({ style: "percent" });
const dates = (parts) => new Intl.DateTimeFormat(language, { month: "short", ...parts, timeZone: "UTC" });
const date = dates({ day: "numeric", year: "numeric" });
const dayAndMonth = dates({ day: "numeric" });
/** As the rest of the page shortens it. */
const plain = (date) => date.replaceAll("Sept", "Sep");
const monthAndYear = dates({ year: "numeric" });

const figures = document.querySelectorAll("[data-chart]");
if (figures.length > 0 && !matchMedia("(forced-colors: active)").matches) {
  (window.requestIdleCallback ?? setTimeout)(async () => {
    await Promise.all([
      loaded("link", { rel: "stylesheet", href: `${LIBRARY}min.css` }),
      loaded("script", { src: `${LIBRARY}iife.min.js` }),
    ]);
    figures.forEach(enliven);
  });
}

function loaded(tag, attributes) {
  return new Promise((onload, onerror) => {
    document.head.append(element(tag, { ...attributes, onload, onerror }));
  });
}

const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`);

function enliven(figure) {
  const { kind, ...values } = JSON.parse(figure.dataset.chart);
  const chart = { days, growth, survival }[kind](values);
  const picture = figure.querySelector("svg.chart");
  const labels = [...figure.querySelectorAll(".key")].map((key) => key.textContent.trim());
  const height = Number(picture.getAttribute("height"));
  const write = chart.inTime ? number : share;

  const live = element("div", { className: "live" });
  const canvas = element("div", { className: "canvas", tabIndex: 0, role: "img" });
  canvas.ariaLabel = picture.querySelector("title").textContent;
  const readout = element("output", { className: "readout" });
  const reset = element("button", { className: "reset", type: "button", textContent: figure.dataset.reset });
  live.style.height = `${height}px`;
  live.append(canvas, readout, reset);
  picture.before(live);
  figure.classList.add("is-live");
  const size = () => ({ width: live.clientWidth, height });
  const mostBars = () => live.clientWidth / BAR;

  function show(min, max) {
    plot.batch(() => {
      plot.setData(chart.data(min, max, mostBars()), false);
      plot.setScale("x", { min, max });
    });
    reset.hidden = min <= chart.from && max >= chart.to;
  }

  const axis = { stroke: () => colour("muted"), font: "12px system-ui, sans-serif", ticks: { show: false } };
  const plot = new uPlot(
    {
      ...size(),
      padding: [24, 24, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { y: false, drag: { setScale: false } },
      scales: { x: { time: chart.inTime }, y: { range: (_, least, most) => chart.range(least, most) } },
      series: [{}, ...chart.series.map((one) => ({ width: 2.5, ...one, points: { show: false } }))],
      axes: [
        {
          ...axis,
          size: 28,
          space: 70,
          grid: { show: false },
          values(u, at) {
            const format = u.scales.x.max - u.scales.x.min > 300 * DAY ? monthAndYear : dayAndMonth;
            return chart.inTime ? at.map((x) => plain(format.format(x * 1000))) : at.map((x, i) => (i < at.length - 1 ? x : `${x} d`));
          },
        },
        {
          ...axis,
          size: 46,
          grid: { stroke: () => colour("line"), width: 1 },
          values: (_, at) => at.map((y) => (chart.inTime ? short.format(Math.abs(y)) : share.format(y))),
        },
      ],
      hooks: {
        drawClear: [(u) => chart.below?.(u)],
        draw: [(u) => chart.above?.(u)],
        setCursor: [
          ({ cursor: { idx }, data: [x, ...all] }) => {
            const values = all.map((one, i) => `${labels[i]} ${write.format(Math.abs(one[idx]))}`);
            readout.textContent = idx == null ? "" : [chart.says(x[idx]), ...values].join(" · ");
          },
        ],
        setSelect: [
          (u) => {
            const [from, to] = [0, u.select.width].map((more) => u.posToVal(u.select.left + more, "x"));
            u.setSelect({ left: 0, width: 0 }, false);
            if (to - from >= (chart.inTime ? 7 * DAY : 2)) {
              show(from, to);
            }
          },
        ],
      },
    },
    chart.data(chart.from, chart.to, mostBars()),
    canvas,
  );
  const showAll = () => show(chart.from, chart.to);
  showAll();

  reset.onclick = () => {
    showAll();
    canvas.focus();
  };
  canvas.onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      const x = plot.data[0][Math.max(0, (plot.cursor.idx ?? -1) + step)];
      plot.setCursor({ left: plot.valToPos(x ?? chart.to, "x"), top: 0 });
      event.preventDefault();
    } else if (event.key === "Escape") {
      showAll();
    }
  };
  new ResizeObserver(() => plot.setSize(size())).observe(live);
  for (const theme of ["color-scheme: dark", "contrast: more"]) {
    matchMedia(`(prefers-${theme})`).addEventListener("change", () => plot.redraw());
  }
}

const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

/** Days are taken together where they could not be told apart. */
function days({ x, y: [followed, unfollowed] }) {
  const end = x + followed.length;
  let width = 1;
  const paths = uPlot.paths.bars({ size: [0.72, 60], align: 1 });
  const bars = (name) => ({ fill: () => colour(name), width: 0, paths });
  return {
    inTime: true,
    from: x * DAY,
    to: end * DAY,
    series: [bars("followed"), bars("unfollowed")],
    range: (least, most) => [Math.min(-1, least * 1.05), Math.max(1, most * 1.05)],
    data(from, to, most) {
      width = [1, 7, 28, 91].find((one) => (to - from) / DAY / one <= most) ?? 364;
      const starts = [...followed.keys()].filter((at) => at % width === 0);
      const sums = (all, sign) => starts.map((at) => sign * all.slice(at, at + width).reduce((sum, one) => sum + one));
      return [starts.map((at) => (x + at) * DAY), sums(followed, 1), sums(unfollowed, -1)];
    },
    says(from) {
      const last = Math.min(end * DAY, from + width * DAY) - DAY;
      return plain(width === 1 ? date.format(from * 1000) : date.formatRange(from * 1000, last * 1000));
    },
    above: (u) => line(u, "edge", 1, [[u.scales.x.min, 0], [u.scales.x.max, 0]]),
  };
}

function growth({ x, y, spans }) {
  const at = x.map((day) => day * DAY);
  return {
    inTime: true,
    from: at[0],
    to: at.at(-1),
    series: [{ stroke: () => colour("followed") }],
    range: (least, most) => [least < most / 2 ? 0 : Math.min(least, 0.9 * most), most + 1],
    data: () => [at, ...y],
    says: (from) => plain(date.format(from * 1000)),
    below(u) {
      const place = (day) => Math.min(u.bbox.width, Math.max(0, u.valToPos(day * DAY, "x", true) - u.bbox.left));
      u.ctx.fillStyle = colour("spike");
      for (const [first, last] of spans) {
        const left = place(first);
        const wide = place(last + 1) - left;
        u.ctx.fillRect(u.bbox.left + left, u.bbox.top, wide && Math.max(4, wide), u.bbox.height);
      }
    },
  };
}

function survival({ x, y, bound }) {
  const end = x.at(-1);
  return {
    inTime: false,
    from: 0,
    to: end,
    series: [
      { stroke: () => colour("unfollowed") },
      { stroke: () => colour("followed"), dash: [7, 3] },
    ].slice(0, y.length),
    range: () => [0, 1],
    data: () => [x, ...y],
    says: (age) => `${age} d`,
    above: (u) => bound && u.scales.x.max >= end && line(u, "unfollowed", 2.5, bound.map((one) => [end, one])),
  };
}

function line(u, name, width, points) {
  u.ctx.strokeStyle = colour(name);
  u.ctx.lineWidth = width * devicePixelRatio;
  u.ctx.setLineDash([]);
  u.ctx.beginPath();
  points.forEach(([x, y], i) => u.ctx[i ? "lineTo" : "moveTo"](u.valToPos(x, "x", true), u.valToPos(y, "y", true)));
  u.ctx.stroke();
}
