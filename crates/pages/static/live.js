// What scripts add to pages that are complete without them: what changes is shown as it changes, times are those of the
// reader's own clock, and keys lead on.
const { root = "./", place = "/" } = document.body.dataset;
const byId = (id) => document.getElementById(id);
const soon = () => setTimeout(release, 0);
const once = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");


const pad = (number) => String(number).padStart(2, "0");
const day = (at) => at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });

/** As the server writes it: `04:05`, with the day where that is another one than today. */
function clock(at, now) {
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  if (at.toDateString() === now.toDateString()) return time;
  return at.getFullYear() === now.getFullYear() ? `${day(at)} ${time}` : `${day(at)} ${at.getFullYear()} ${time}`;
}

/** `12 min ago`, `in 3 h`. */
function apart(at, now) {
  const minutes = Math.floor(Math.abs(now - at) / 60000);
  if (minutes < 1) return "just now";
  const long = minutes < 120 ? `${minutes} min` : minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
  return at > now ? `in ${long}` : `${long} ago`;
}

function times(within) {
  const now = new Date();
  for (const time of within.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    // Days of a calendar are those of its own zone: they stay as the server wrote them.
    if (Number.isNaN(at.getTime()) || time.dataset.day !== undefined || !time.dateTime.includes("T")) continue;
    const text = time.dataset.apart === undefined ? clock(at, now) : apart(at, now);
    if (time.textContent !== text) time.textContent = text;
    time.title = `${clock(at, now)} (${time.dateTime})`;
  }
}

const zone = document.querySelector(".foot .zone");
if (zone) zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
times(document);
setInterval(() => times(document), 30000);


const main = byId("main");
const got = new Map(); // What the server sent last, by section.
const held = new Map(); // What is not shown yet because the reader is busy with it.
const state = byId("live-state");
const said = byId("live-said");

/** What a section says, without what is other each time or the reader's own. */
const plain = (section) => section.outerHTML.replace(/ (data-held|data-fresh|open)=""/g, "")
  .replace(/(name="once" value=")[^"]*/g, "$1").replace(/(<time datetime="[^"]*")[^>]*>[^<]*/g, "$1>");

/** Whether the reader is busy with it: focus, a changed field, an open dialog, a selection. */
function busy(section) {
  const selection = getSelection();
  if (section.contains(document.activeElement) && document.activeElement !== main) return true;
  if (selection && !selection.isCollapsed && section.contains(selection.anchorNode)) return true;
  if (section.querySelector("dialog[open]")) return true;
  return [...section.querySelectorAll("input:not([type=hidden]), textarea, option")].some((field) =>
    field.localName === "option" ? field.selected && !field.defaultSelected && field.index > 0
      : field.checked !== field.defaultChecked || field.value !== field.defaultValue);
}

const named = (details) => details.id || details.firstElementChild?.textContent;

function show(old, fresh) {
  const open = new Map([...old.querySelectorAll("details")].map((details) => [named(details), details.open]));
  for (const details of fresh.querySelectorAll("details")) details.open = open.get(named(details)) ?? details.open;
  for (const field of fresh.querySelectorAll("input[name=once]")) field.value = once();
  times(fresh);
  fresh.dataset.fresh = "";
  old.replaceWith(fresh);
}

/** Shows what the server sent, section by section. */
function take(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  if (page.title) document.title = page.title;
  const sections = [...page.querySelectorAll("main [data-live][id]")];
  let changed = 0;
  const kept = new Set();
  let before = null;
  for (const sent of sections) {
    kept.add(sent.id);
    const old = byId(sent.id);
    const now = plain(sent);
    const was = got.get(sent.id);
    got.set(sent.id, now);
    if (!old) {
      const parent = (sent.parentElement.id && byId(sent.parentElement.id)) || main;
      const mark = document.createElement("div");
      if (before?.parentElement === parent) before.after(mark);
      else parent.append(mark);
      show(mark, document.importNode(sent, true));
      changed += 1;
    } else if ((was ?? plain(old)) !== now || held.has(sent.id)) {
      const fresh = document.importNode(sent, true);
      if (busy(old)) {
        held.set(sent.id, fresh);
        old.dataset.held = "";
      } else {
        held.delete(sent.id);
        show(old, fresh);
        changed += 1;
      }
    }
    before = byId(sent.id);
  }
  for (const old of main.querySelectorAll("[data-live][id]")) {
    if (!kept.has(old.id) && !busy(old)) {
      old.remove();
      got.delete(old.id);
      changed += 1;
    }
  }
  if (changed && said) said.textContent = changed === 1 ? "One section changed." : `${changed} sections changed.`;
}

/** What was held back is shown once the reader is done there. */
function release() {
  for (const [id, fresh] of held) {
    const old = byId(id);
    if (old && busy(old)) continue;
    held.delete(id);
    if (old) show(old, fresh);
  }
}
addEventListener("focusout", soon);
addEventListener("close", soon, true);
document.addEventListener("selectionchange", soon);


let source = null;
let tries = 0;
let timer = 0;
let off = null;

function tell(live, why) {
  if (!state) return;
  state.dataset.state = live ? "on" : "off";
  off = live ? null : off ?? new Date();
  state.textContent = live ? "Live." : `Not live since ${clock(off, new Date())}${why ? `: ${why}` : ""}.`;
}

function stop() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function listen() {
  stop();
  if (document.hidden || !window.EventSource) return;
  const opened = new EventSource(`${root}live?page=${encodeURIComponent(place)}`);
  source = opened;
  opened.addEventListener("open", () => {
    tries = 0;
    tell(true);
  });
  opened.addEventListener("main", (event) => take(event.data));
  opened.addEventListener("gone", (event) => {
    stop();
    tell(false, event.data === "session" ? "you are logged out" : "this page is not there any more");
  });
  opened.addEventListener("error", () => {
    if (source !== opened) return;
    stop();
    // One that ends is opened again at once; one that cannot be opened, later and later.
    tries += 1;
    if (tries > 1) tell(false, "it is tried again");
    timer = setTimeout(listen, Math.min(60000, 500 * 2 ** Math.min(tries, 7)) * (0.5 + Math.random()));
  });
}

// A browser has few connections to one server: pages that nobody sees give theirs back.
let hide = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hide);
  if (document.hidden) hide = setTimeout(stop, 60000);
  else if (!source) listen();
});
if (main && state) listen();


const keys = byId("keys");
let led = 0;

function row(step) {
  const rows = [...main.querySelectorAll("[data-row], .rows > li, tbody tr")].map((one) => one.querySelector("a[href]")).filter(Boolean);
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const key = event.key;
  if (Date.now() - led < 1500) {
    led = 0;
    const link = document.querySelector(`nav a[data-key="${CSS.escape(key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  } else if (key === "/") {
    event.preventDefault();
    byId("q")?.focus();
  } else if (key === "g") led = Date.now();
  else if (key === "?") keys?.showModal?.();
  else if (key === "j") row(1);
  else if (key === "k") row(-1);
});
