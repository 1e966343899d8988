// What happens reaches open pages by itself, and takes nothing away from whoever types.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints, launch, loggedIn } from "./support/browser.mjs";
import { Place, until } from "./support/place.mjs";

// The goal is 200 ms; a loaded machine is allowed more.
const REACHES_MS = 2_000;

let browser, place;
before(async () => {
  [browser, place] = await Promise.all([launch(), Place.start()]);
});
after(async () => {
  await browser?.close();
  await place?.stop();
});

// Pages that are not live say so, and are reloaded.
async function isLive(page, t) {
  const module = await page.locator('script[type="module"]').getAttribute("src");
  const text = await (await page.request.get(new URL(module, page.url()).href)).text();
  if (!text.includes("EventSource")) t.skip("the pages of this build are not live");
  return text.includes("EventSource");
}

const live = (page) => page.waitForSelector('#live-state[data-state="on"]', { state: "attached" });

// The instant at which the text stands in the page.
const shown = (page, text) =>
  page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const main = document.querySelector("main");
        const look = () => main.textContent.includes(text) && resolve(Date.now());
        if (!look()) new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    text,
  );

test("an alert reaches the overview without a reload", async (t) => {
  const page = await loggedIn(browser, place);
  if (!(await isLive(page, t))) return;
  await live(page);
  await page.evaluate(() => (document.documentElement.dataset.mine = "still here"));
  const took = [];
  for (const name of ["Alpha", "Beta", "Gamma"]) {
    const seen = shown(page, `Orders${name}`);
    await place.alerts({ labels: { alertname: `Orders${name}`, team: "orders" }, annotations: { summary: `Orders${name} fails` } });
    const committed = Date.now();
    took.push((await seen) - committed);
  }
  t.diagnostic(`from commit to page: ${took.map((ms) => `${ms} ms`).join(", ")}`);
  assert.ok(Math.max(...took) < REACHES_MS, `${took}`);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.mine), "still here", "the page was not loaded anew");
  assert.match(await page.title(), /^\(3\) /);
  assert.deepEqual(complaints(page), []);
  await page.context().close();
});

test("what is being typed is not lost when the page changes under it", async (t) => {
  const page = await loggedIn(browser, place);
  if (!(await isLive(page, t))) return;
  const incident = await place.incident();
  await page.goto(`/incidents/${incident}`);
  await live(page);
  const note = page.locator('textarea[name="note"]');
  await page.locator("details", { has: note }).first().locator("summary").first().click();
  await note.pressSequentially("the queue is fu");
  const text = "another one saw the same";
  const seen = shown(page, text);
  await place.api("POST", `/api/v1/incidents/${incident}/notes`, { text });
  await seen;
  assert.equal(await note.inputValue(), "the queue is fu");
  assert.equal(await page.locator("h1").count(), 1, "what was sent is the whole page, and nothing twice");
  assert.ok(await page.locator("#head h1").isVisible());
  assert.ok(await note.evaluate((note) => note === document.activeElement), "the caret stays where it was");
  await note.pressSequentially("ll");
  await page.locator('form[action$="/notes"] button').click();
  await until("the note stands there", async () => (await page.locator("#timeline").innerText()).includes("the queue is full"));
  assert.deepEqual(complaints(page), []);
  await page.context().close();
});

test("a page whose server goes away says so, and keeps what is typed", async (t) => {
  const incident = await place.incident();
  const page = await loggedIn(browser, place);
  if (!(await isLive(page, t))) return;
  await page.goto(`/incidents/${incident}`);
  await live(page);
  const note = page.locator('textarea[name="note"]');
  await page.locator("details", { has: note }).first().locator("summary").first().click();
  await note.fill("half a thought");
  place.child.kill("SIGKILL");
  await page.waitForSelector('#live-state[data-state="off"]', { state: "attached" });
  assert.match(await page.locator("#live-state").innerText(), /not live/i);
  assert.equal(await note.inputValue(), "half a thought");
  await page.context().close();
});
