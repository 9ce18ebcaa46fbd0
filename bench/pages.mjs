// Measures the pages of the service at $SERVICE in Chromium; see bench/pages.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { SERVICE, LIGHTHOUSE, CHROMIUM_PATH } = process.env;
const { chromium } = createRequire(
  new URL("../extension/package.json", import.meta.url),
)("playwright-core");
const TIMES = 5;
const SLOWER = 4;
const DEBUGGING_PORT = 9322;

const browser = await chromium.launch({
  executablePath: CHROMIUM_PATH,
  chromiumSandbox: false,
  args: [`--remote-debugging-port=${DEBUGGING_PORT}`],
});

/** The account of which the demo knows most: every chart there is has something to show. */
async function fullestAccount() {
  const page = await browser.newPage();
  await page.goto(`${SERVICE}/demo`);
  const paths = await page
    .locator("a.held")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await page.close();
  const sizes = await Promise.all(
    paths.map(async (path) => ({
      path,
      size: (await (await fetch(SERVICE + path)).text()).length,
    })),
  );
  return sizes.reduce((most, one) => (one.size > most.size ? one : most)).path;
}

const median = (values) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** One visit by somebody who was never there: bytes over the line, requests, first contentful paint, shift. */
async function visit(path) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  await context.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  let bytes = 0;
  let requests = 0;
  line.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests++;
  });
  await page.goto(SERVICE + path, { waitUntil: "networkidle" });
  const told = await page.evaluate(() => ({
    paint:
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ??
      NaN,
    shift: globalThis.shift,
  }));
  await context.close();
  return { bytes, requests, ...told };
}

const PAGES = {
  account: await fullestAccount(),
  front: "/",
  practices: "/practices",
  api: "/api",
};

if (process.argv.includes("paint")) {
  console.log(
    `| page, processor ${SLOWER} times slower, median (most) of ${TIMES} | bytes | requests | first contentful paint | layout shift |`,
  );
  console.log("|---|---|---|---|---|");
  for (const [name, path] of Object.entries(PAGES)) {
    await visit(path);
    const visits = [];
    for (let time = 0; time < TIMES; time++) visits.push(await visit(path));
    const paints = visits.map(({ paint }) => paint);
    const { bytes, requests } = visits[0];
    const shift = Math.max(...visits.map((one) => one.shift));
    console.log(
      `| ${name} | ${bytes} | ${requests} | ${median(paints).toFixed(0)} ms (${Math.max(...paints).toFixed(0)}) | ${shift.toFixed(4)} |`,
    );
  }
}

if (process.argv.includes("lighthouse")) {
  const entry = pathToFileURL(
    join(LIGHTHOUSE, "node_modules/lighthouse/core/index.js"),
  );
  const { default: lighthouse } = await import(entry);
  console.log(
    "| Lighthouse | performance | accessibility | best practices | SEO | short of it |",
  );
  console.log("|---|---|---|---|---|---|");
  for (const [name, path] of Object.entries(PAGES)) {
    const { lhr } = await lighthouse(SERVICE + path, {
      port: DEBUGGING_PORT,
      logLevel: "error",
      output: "json",
    });
    const score = (id) => Math.round(100 * (lhr.categories[id]?.score ?? 0));
    const short = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
      auditRefs
        .filter(
          ({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9,
        )
        .map(({ id }) => id),
    );
    console.log(
      `| ${name} | ${score("performance")} | ${score("accessibility")} | ${score("best-practices")} | ${score("seo")} | ${[...new Set(short)].join(", ")} |`,
    );
  }
}

await browser.close();
