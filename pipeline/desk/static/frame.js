// A page of the site in its frame. Its bytes are those that are published: marks are a style sheet beside them.

import { page } from "./api.js";
import { morph } from "./morph.js";

const EDGES = {
  translated: "#12757b", carried: "#5d9a6b", stale: "#c98a1b", suggested: "#7a86b8", untranslated: "#8a7f6d",
  unsafe: "#b3261e", unreviewed: "#4a6fb5", recalled: "#111",
};
const LINES = { stale: "dashed", suggested: "dotted", untranslated: "dotted", unsafe: "double" };
const quoted = (name) => `[data-block="${CSS.escape(name)}"]`;

export class Frame {
  constructor(element, { picked, moved }) {
    this.element = element;
    this.picked = picked;
    this.moved = moved;
    this.blocks = [];
    this.chosen = "";
    this.shown = false;
    element.addEventListener("load", () => this.loaded());
  }

  get document() {
    return this.element.contentDocument;
  }

  get address() {
    return this.element.contentWindow.location.pathname;
  }

  open(url) {
    if (this.shown && this.address === url) return;
    this.shown = false;
    if (!this.element.hasAttribute("src")) this.element.src = url;
    else this.element.contentWindow.location.replace(url);
  }

  loaded() {
    const inner = this.document;
    if (!inner || !inner.body || this.address === "blank") return;
    this.shown = true;
    this.sheet = new this.element.contentWindow.CSSStyleSheet();
    inner.adoptedStyleSheets = [this.sheet];
    inner.addEventListener("click", (event) => this.click(event));
    inner.addEventListener("keydown", (event) => this.element.dispatchEvent(new KeyboardEvent("keydown", event)));
    this.mark();
    this.moved(this);
  }

  click(event) {
    const link = event.target.closest("a[href]");
    if (link && link.origin !== location.origin) event.preventDefault();
    if (event.target.closest("a[href], summary, button, input, select")) return;
    const block = event.target.closest("[data-block]");
    if (block) this.picked(block.dataset.block);
  }

  // Mark every block by its state, and the chosen one.
  mark(blocks = this.blocks, chosen = this.chosen) {
    this.blocks = blocks;
    this.chosen = chosen;
    if (!this.sheet) return;
    const rules = blocks.filter((one) => one.name).map((one) => {
      const line = `${one.state === "unsafe" ? 5 : 3}px ${LINES[one.state] || "solid"} ${EDGES[one.state] || "gray"}`;
      return `${quoted(one.name)}{cursor:pointer;border-inline-start:${line};padding-inline-start:.5em;margin-inline-start:calc(-.5em - 3px)}`;
    });
    if (chosen) rules.push(`${quoted(chosen)}{outline:3px solid #1a73e8;outline-offset:3px;scroll-margin:30vh}`);
    this.sheet.replaceSync(rules.join("\n"));
  }

  find(name) {
    return name && this.shown ? this.document.querySelector(quoted(name)) : null;
  }

  choose(name) {
    this.mark(this.blocks, name);
    this.find(name)?.scrollIntoView({ block: "center" });
  }

  // Show other HTML of the same page; only what changed of it is touched. Returns how much that was.
  show(html) {
    if (!this.shown) return 0;
    const made = new DOMParser().parseFromString(html, "text/html");
    const inner = this.document;
    inner.title = made.title;
    for (const { name, value } of made.documentElement.attributes) inner.documentElement.setAttribute(name, value);
    const changed = morph(inner.body, made.body);
    return changed;
  }

  async refresh() {
    if (!this.shown) return 0;
    const address = this.address;
    const html = await page(address);
    return this.address === address ? this.show(html) : 0;
  }

  // The style sheets again, since one of them changed.
  restyle() {
    for (const link of this.document?.querySelectorAll('link[rel="stylesheet"]') || []) {
      const url = new URL(link.href);
      url.searchParams.set("at", Date.now());
      link.href = url;
    }
  }

  // Tell once, when a block has been on the screen for a moment.
  watch(name, seen) {
    this.observer?.disconnect();
    clearTimeout(this.wait);
    const block = this.find(name);
    if (!block) return;
    this.observer = new IntersectionObserver((entries) => {
      const at = entries[entries.length - 1];
      clearTimeout(this.wait);
      const enough = at.isIntersecting && (at.intersectionRatio > 0.6 || at.intersectionRect.height > 200);
      if (enough && document.visibilityState === "visible") this.wait = setTimeout(seen, 500);
    }, { threshold: [0, 0.3, 0.61, 1] });
    this.observer.observe(block);
  }

  // The first block on the screen, and the way to the same one in another frame.
  first() {
    return [...this.document.querySelectorAll("[data-block]")].find((one) => one.getBoundingClientRect().bottom > 0)?.dataset.block;
  }
}
