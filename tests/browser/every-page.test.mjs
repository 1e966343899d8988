// Every page, empty and in its worst state: nothing breaks its policy, nothing sticks out on a phone or at 200 %, everybody can
// use it, and it can be printed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { AXE, complaints, launch, loggedIn, overflow } from "./support/browser.mjs";
import { crawl, patternOf, patterns } from "./support/pages.mjs";
import { Place } from "./support/place.mjs";
import { trouble } from "./support/trouble.mjs";

const axe = readFileSync(AXE, "utf8");
// Widths at which nothing may scroll sideways: a phone, and a desk at 200 %.
const WIDTHS = [390, 640];
const DESK = { width: 1280, height: 900 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

// What axe-core finds, each as one line.
async function violations(page, only) {
  await page.evaluate(axe);
  const found = await page.evaluate((only) => {
    const options = { resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) };
    return axe.run(document, options);
  }, only);
  return found.violations.flatMap(({ id, help, nodes }) => {
    const named = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.html.slice(0, 140)}`);
    return `${id}: ${help}: ${named.join(" | ")}`;
  });
}

async function wrong(page, address, response) {
  const found = [];
  const add = (what, lines) => found.push(...lines.map((line) => `${address}: ${what}: ${line}`));
  if (response.status() !== 200) add("status", [String(response.status())]);
  await page.emulateMedia({ colorScheme: "light" });
  add("light", await violations(page));
  await page.emulateMedia({ colorScheme: "dark" });
  add("dark", await violations(page, ["color-contrast"]));
  for (const width of WIDTHS) {
    await page.setViewportSize({ ...DESK, width });
    add(`${width} px`, [await overflow(page)].filter(Boolean));
  }
  await page.setViewportSize(DESK);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  const printed = await page.evaluate(() => ({
    main: document.querySelector("main").getBoundingClientRect().height > 0,
    nav: document.querySelector("nav").getBoundingClientRect().height > 0,
  }));
  if (!printed.main || printed.nav) add("print", ["the navigation is printed, or the content is not"]);
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  add("complaint", complaints(page));
  return found;
}

for (const [state, make] of [["empty", async () => {}], ["worst", trouble]]) {
  test(`every page can be used by everybody, ${state}`, async (t) => {
    const place = await Place.start();
    try {
      await make(place);
      const page = await loggedIn(browser, place, { viewport: DESK });
      const found = [];
      let slowest = ["", 0];
      const visited = await crawl(page, place.url, async (address, response) => {
        const { responseEnd, requestStart } = await page.evaluate(() => performance.getEntriesByType("navigation")[0].toJSON());
        if (responseEnd - requestStart > slowest[1]) slowest = [address, responseEnd - requestStart];
        found.push(...(await wrong(page, address, response)));
      });
      t.diagnostic(`${visited.length} addresses; the slowest is ${slowest[0]}, ${Math.round(slowest[1])} ms`);
      assert.deepEqual(found, []);
      const kinds = new Set(visited.map((address) => patternOf(address.split("?")[0])));
      if (state === "worst") {
        assert.deepEqual(patterns().filter((pattern) => !kinds.has(pattern)), [], "pages that no link leads to");
      }
    } finally {
      await place.stop();
    }
  });
}

test("every page is there without scripts", async () => {
  const place = await Place.start();
  try {
    await trouble(place);
    const page = await loggedIn(browser, place, { javaScriptEnabled: false });
    const visited = await crawl(page, place.url, async (address, response) => {
      assert.equal(response.status(), 200, address);
      assert.equal(await page.locator("h1").count(), 1, address);
    });
    assert.ok(visited.length >= patterns().length / 2);
  } finally {
    await place.stop();
  }
});
