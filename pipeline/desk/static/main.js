// The desk: which page is open, in which language, which text of it, and what became of them meanwhile.

import { get, listen } from "./api.js";
import { Card } from "./card.js";
import { by, h, say } from "./dom.js";
import { Frame } from "./frame.js";
import { impact, standing, texts, work } from "./lists.js";

const site = await get("site");
const desk = { locale: "", page: "", tab: "texts", blocks: [], work: null };
const localeOf = (name) => site.locales.find((one) => one.name === name);
const url = (locale, path) => `/${localeOf(locale).tag}/${site.pages.find((one) => one.path === path).href}`;
const own = () => (by("view").value === "english" ? site.english : desk.locale);
const missing = (problem) => say(problem.message);

const card = new Card({
  site,
  typed: (found) => found.html && main.show(found.html),
  saved: () => refresh(),
  closed: () => {
    main.choose("");
    main.refresh().catch(missing);
    list();
  },
  step,
});
const main = new Frame(by("main-frame"), { picked: pick, moved: opened });
const other = new Frame(by("english-frame"), { picked: pick, moved: () => follow() });

// What is open ------------------------------------------------------------------------------------

function open(locale, path, name = "") {
  desk.wanted = name;
  const before = `${desk.locale} ${desk.page}`;
  desk.locale = locale;
  desk.page = path;
  by("locale").value = locale;
  by("page").value = path;
  const to = url(own(), path);
  if (main.shown && main.address === to && before === `${locale} ${path}`) return arrived();
  main.open(to);
  beside();
  if (main.shown) arrived();
}

function beside() {
  const both = by("view").value === "both" && desk.locale !== site.english;
  by("english-frame").hidden = !both;
  document.body.classList.toggle("both", both);
  if (both) other.open(url(site.english, desk.page));
}

// A page came into the frame: one that was asked for, or one that a link led to.
function opened() {
  const found = site.locales.flatMap((locale) => site.pages.map((page) => [locale.name, page.path])).find(([locale, path]) => url(locale, path) === main.address);
  if (found) {
    if (by("view").value !== "english" || found[0] !== site.english) desk.locale = found[0];
    desk.page = found[1];
    by("locale").value = desk.locale;
    by("page").value = desk.page;
    beside();
  }
  main.document.addEventListener("scroll", follow, { passive: true });
  arrived();
}

async function arrived() {
  history.replaceState(null, "", `#${desk.locale}|${desk.page}`);
  document.title = `${by("page").selectedOptions[0]?.text || ""} · ${localeOf(desk.locale).english} · Desk`;
  card.page = desk.page;
  if (card.open && (card.one.path !== desk.page || card.one.locale !== own())) card.close();
  await marks();
  if (desk.wanted) {
    const name = desk.wanted;
    desk.wanted = "";
    await pick(name);
  }
}

async function marks() {
  const [locale, path] = [own(), desk.page];
  try {
    const found = await get("blocks", { locale, path });
    if (locale !== own() || path !== desk.page) return;
    desk.blocks = found.blocks;
    main.mark(found.blocks, card.open ? card.one.block : "");
    trouble(found.trouble);
    if (desk.tab === "texts") list();
  } catch (problem) {
    missing(problem);
  }
}

function trouble(text) {
  by("trouble").hidden = !text;
  by("trouble").textContent = text ? `The files cannot be read as they are, so the page is from before. ${text}` : "";
}

function follow() {
  if (by("english-frame").hidden || !other.shown || !main.shown) return;
  const name = main.first();
  const there = other.find(name);
  if (there) other.element.contentWindow.scrollBy(0, there.getBoundingClientRect().top - main.find(name).getBoundingClientRect().top);
}

// A text ------------------------------------------------------------------------------------------

async function pick(name) {
  if (!desk.blocks.length) await marks();
  const block = desk.blocks.find((one) => one.name === name || one.id === name);
  if (block) await show({ locale: own(), path: desk.page, id: block.id }, block.name);
}

async function show(asked, name) {
  try {
    await card.load(asked);
    main.choose(name);
    if (main.find(name)) main.watch(name, () => card.looked());
    else setTimeout(() => card.looked(), 500);
    by("list").hidden = true;
  } catch (problem) {
    missing(problem);
  }
}

// The next text that needs work, on this page and then on the pages after it.
async function step(way) {
  const left = desk.blocks.filter((one) => !one.done);
  const at = card.open ? desk.blocks.findIndex((one) => one.id === card.one.id) : way > 0 ? -1 : desk.blocks.length;
  const rest = left.filter((one) => (desk.blocks.indexOf(one) - at) * way > 0);
  const next = way > 0 ? rest[0] : rest[rest.length - 1];
  if (next) return show({ locale: own(), path: desk.page, id: next.id }, next.name);
  const found = await get("worklist", { locale: desk.locale });
  const pages = site.pages.map((one) => one.path), here = pages.indexOf(desk.page);
  const order = [...pages.slice(here + 1), ...pages.slice(0, here)];
  if (way < 0) order.reverse();
  const page = order.find((path) => found.rows.some((row) => row.path === path));
  if (!page) return say(found.known < found.of ? "Nothing more is known to need work yet." : "Nothing else needs work.");
  const rows = found.rows.filter((row) => row.path === page);
  card.close();
  open(desk.locale, page, rows[0].id);
}

// Lists -------------------------------------------------------------------------------------------

let lists = 0;
async function list(anew = false) {
  const place = by("list");
  const mine = ++lists;
  const newest = () => mine === lists; // answers overtake each other: an older one is not drawn over a newer
  place.hidden = card.open;
  if (card.open) return;
  try {
    if (desk.tab === "texts") place.replaceChildren(texts(desk.blocks, localeOf(own()), (one) => pick(one.id)));
    if (desk.tab === "work") {
      const found = await get("worklist", { locale: desk.locale });
      if (newest()) work(place, found, localeOf(desk.locale), site.pages, (row) => {
        if (site.pages.some((one) => one.path === row.path)) open(desk.locale, row.path, row.id);
        else show({ locale: desk.locale, path: row.path, id: row.id }, "");
      });
    }
    if (desk.tab === "standing") {
      const found = await get("standing", anew ? { anew: "1" } : {});
      if (newest()) place.replaceChildren(standing(found, site.locales, (locale) => {
        open(locale, desk.page);
        tab("work");
        by("tab-work").focus();
      }));
    }
    if (desk.tab === "impact") {
      const found = await get("impact");
      if (newest()) place.replaceChildren(impact(found, (row) => open(site.english, row.path, row.block)));
    }
  } catch (problem) {
    missing(problem);
  }
}

const TABS = ["texts", "work", "standing", "impact"];
function tab(name) {
  desk.tab = name;
  for (const one of TABS) {
    by(`tab-${one}`).setAttribute("aria-selected", one === name);
    by(`tab-${one}`).tabIndex = one === name ? 0 : -1;
  }
  by("list").setAttribute("aria-labelledby", `tab-${name}`);
  if (card.open) card.close();
  else list(name === "standing");
}

for (const name of TABS) {
  by(`tab-${name}`).addEventListener("click", () => tab(name));
  by(`tab-${name}`).addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const next = TABS[(TABS.indexOf(name) + way + TABS.length) % TABS.length];
    tab(next);
    by(`tab-${next}`).focus();
  });
}

// What happens ------------------------------------------------------------------------------------

async function refresh() {
  try {
    if (!(card.open && card.dirty)) await main.refresh();
    if (!by("english-frame").hidden) await other.refresh();
    await Promise.all([card.again(), marks()]);
    if (card.open && card.dirty) card.input();
    else if (card.open) main.watch(card.one.block, () => card.looked());
    if (desk.tab === "work") list();
    if (desk.tab === "standing" && !card.open) list(true);
  } catch (problem) {
    missing(problem);
  }
}

let running = null, more = false;
async function changed() {
  if (running) return void (more = true);
  do {
    more = false;
    running = refresh();
    await running;
  } while (more);
  running = null;
}

listen((event) => {
  if (event.trouble !== undefined) trouble(event.trouble);
  if (event.kind === "lost") say("The desk does not answer. What you type is kept.");
  if (event.back) location.hash && changed();
  if (event.kind === "page") changed();
  if (event.kind === "style") [main, other].forEach((one) => one.restyle());
  if (event.kind === "known" && desk.tab === "work") list();
  if (event.kind === "whole" && ["impact", "standing"].includes(desk.tab)) list();
});

addEventListener("keydown", keys);
by("main-frame").addEventListener("keydown", keys);
by("english-frame").addEventListener("keydown", keys);
function keys(event) {
  const digit = event.altKey && /^Digit\d$/.test(event.code) ? Number(event.code.slice(5)) : -1;
  const editing = card.open && card.one.editable && site.person.edits;
  if (event.altKey && event.key === "ArrowDown") step(1);
  else if (event.altKey && event.key === "ArrowUp") step(-1);
  else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && card.open) card.save();
  else if (event.key === "Escape" && card.open) card.close();
  else if (event.altKey && event.code === "KeyZ" && editing && card.one.undo) card.undo();
  else if (digit === 0 && editing) card.copy();
  else if (digit > 0 && editing && card.one.pieces[digit - 1]) card.insert(card.one.pieces[digit - 1]);
  else return;
  event.preventDefault();
}

by("help-button").addEventListener("click", () => {
  by("help").hidden = !by("help").hidden;
  by("help-button").setAttribute("aria-expanded", !by("help").hidden);
});
by("locale").append(...site.locales.map((one) => h("option", { value: one.name, lang: one.tag }, `${one.title} (${one.name})`)));
by("page").append(...site.pages.map((one) => h("option", { value: one.path }, one.title)));
by("locale").addEventListener("change", () => open(by("locale").value, desk.page));
by("page").addEventListener("change", () => open(desk.locale, by("page").value));
by("view").addEventListener("change", () => open(desk.locale, desk.page));

const [asked, path] = decodeURIComponent(location.hash.slice(1)).split("|");
const first = localeOf(asked) || site.locales.find((one) => one.name !== site.english) || site.locales[0];
open(first.name, site.pages.some((one) => one.path === path) ? path : site.pages[0].path);
