// Which pages there are, and the way to them by links.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SOURCES = new URL("../../../crates/pages/src", import.meta.url).pathname;
// Of pages of one kind so many are looked at, each with at most so many questions.
const OF_A_KIND = 2;
const QUESTIONS = 2;
// A download, and what only leads on.
const NO_PAGES = ["/records/export", "/incidents/opened", "/review/refs/{seq}"];

// The paths of the table of pages, `{id}` standing for a segment: rows of the table, and rows beside their pages.
export function patterns() {
  const names = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith(".rs"));
  const paths = names.flatMap((name) => {
    const text = readFileSync(join(SOURCES, name), "utf8");
    const rows = name === "route.rs" ? text.slice(text.indexOf("pub const PAGES"), text.indexOf("\n];")) : "";
    const beside = [...text.matchAll(/PageRoute\s*\{\s*path:\s*"(\/[^"]*)"/g)];
    return [...rows.matchAll(/\(\s*"(\/[^"]*)"/g), ...beside].map((match) => match[1]);
  });
  return [...new Set(paths)].filter((path) => !NO_PAGES.includes(path)).sort();
}

export function patternOf(path, known = patterns()) {
  const fits = (pattern) => new RegExp(`^${pattern.replace(/\{[^}]*\}/g, "[^/]+")}$`).test(path);
  return known.find((pattern) => pattern === path) ?? known.find(fits);
}

// Follows links from the start; gives the addresses looked at, and calls `look` at each.
export async function crawl(page, base, look) {
  const known = patterns();
  const waiting = ["/"];
  const seen = new Set(waiting);
  const of = new Map();
  const visited = [];
  while (waiting.length > 0) {
    const address = waiting.shift();
    const response = await page.goto(base + address);
    visited.push(address);
    // Where a form asks for more, its bare address is a page, too.
    const links = await page.$$eval('a[href], form:not([method="post"])[action]', (all) =>
      all.map((one) => new URL(one.getAttribute("href") ?? one.getAttribute("action"), document.baseURI).href),
    );
    await look(address, response);
    for (const link of links) {
      const url = new URL(link);
      const next = url.pathname + url.search;
      const pattern = patternOf(url.pathname, known);
      if (url.origin !== base || !pattern || seen.has(next)) continue;
      const paths = of.get(pattern) ?? new Map();
      const questions = paths.get(url.pathname) ?? 0;
      const first = url.search === "" ? 0 : 1;
      if ((!paths.has(url.pathname) && paths.size >= OF_A_KIND) || questions > QUESTIONS * first) continue;
      paths.set(url.pathname, questions + first);
      of.set(pattern, paths);
      seen.add(next);
      waiting.push(next);
    }
  }
  return visited;
}
