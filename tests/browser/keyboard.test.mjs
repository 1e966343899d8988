// All of it by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, loggedIn } from "./support/browser.mjs";
import { Place } from "./support/place.mjs";

// From the content to the main action it takes at most so many steps.
const STEPS_MAX = 12;

let browser, place, incident;
before(async () => {
  [browser, place] = await Promise.all([launch(), Place.start()]);
  incident = await place.ordersDown();
});
after(async () => {
  await browser?.close();
  await place?.stop();
});

const focused = (page) => page.evaluate(() => document.activeElement?.outerHTML ?? "");

test("the first stop leads past the navigation, and soon to the main action", async () => {
  const page = await loggedIn(browser, place);
  await page.goto(`/incidents/${incident}`);
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip:focus");
  assert.equal(await skip.count(), 1, await focused(page));
  assert.ok((await skip.boundingBox()).x >= 0, "it is seen while it has the focus");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  let steps = 0;
  do {
    await page.keyboard.press("Tab");
    steps += 1;
  } while (steps <= STEPS_MAX && !(await page.evaluate(() => document.activeElement.closest('form[action$="/acknowledge"]'))));
  assert.ok(steps <= STEPS_MAX, `after ${steps} steps: ${await focused(page)}`);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, "none", "the focus is seen");
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  assert.match(await page.locator("main").innerText(), /acknowledged/i);
  await page.context().close();
});

test("a slash leads to the search, but not while one types", async (t) => {
  const page = await loggedIn(browser, place);
  if ((await page.locator("#q").count()) === 0) return t.skip("this build has no search");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  assert.equal(await page.locator("#q").inputValue(), "");
  await page.keyboard.type("ada/b");
  assert.equal(await page.locator("#q").inputValue(), "ada/b");
  await page.locator("#q").fill("orders");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?/);
  assert.match(await page.locator("main").innerText(), /orders/);
  await page.context().close();
});
