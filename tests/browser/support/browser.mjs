// Debian's Chromium, started so that it talks to nobody but the pages.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BROWSER_MODULES, "package.json"));
const { chromium } = require("playwright-core");

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const AXE = require.resolve("axe-core/axe.min.js");

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: ARGUMENTS });

// A window of somebody who has logged in by a link.
export async function loggedIn(browser, place, options = {}) {
  const context = await browser.newContext({ baseURL: place.url, ...options });
  context.setDefaultTimeout(10_000);
  // The first look at a review judges every practice, in a program that was built for tests.
  context.setDefaultNavigationTimeout(60_000);
  const page = await context.newPage();
  watch(page);
  await page.goto(await place.loginLink());
  await page.locator("button").first().click();
  await page.waitForURL(`${place.url}/`);
  return page;
}

// Keeps what a page complains about: errors, and what its policy kept from running.
export function watch(page) {
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") page.complaints.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
}

export function complaints(page) {
  return page.complaints.splice(0);
}

// How far a page scrolls sideways; names what sticks out.
export const overflow = (page) =>
  page.evaluate(() => {
    const wide = document.scrollingElement.scrollWidth - innerWidth;
    if (wide <= 0) return "";
    const out = [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      const scrolls = element.closest(".scroll, pre, nav ul, [data-scroll]");
      return width > 0 && right > innerWidth + 1 && !scrolls;
    });
    const named = out.slice(0, 3).map((element) => element.outerHTML.slice(0, 160));
    return `${wide} px too wide: ${named.join(" | ")}`;
  });
