// The card of one text: all that is known of it, the translation to edit, and who stands by it.

import { get, post } from "./api.js";
import { by, h, say } from "./dom.js";
import * as drafts from "./drafts.js";

const PAUSE = 120; // milliseconds of no typing after which the checks are asked

export class Card {
  constructor({ site, typed, saved, closed, step }) {
    this.site = site;
    this.typed = typed;
    this.saved = saved;
    this.closed = closed;
    this.step = step;
    this.place = by("card");
    this.one = null;
    this.seen = false;
  }

  get open() {
    return this.one !== null;
  }

  get dirty() {
    return this.open && this.one.editable && this.boxes.some((box, at) => box.value !== this.one.strings[at]);
  }

  asked(more = {}) {
    return { locale: this.one.locale, path: this.one.path, id: this.one.id, ...more };
  }

  async load(asked) {
    this.show(await get("card", asked));
  }

  // The same text, read again: what is typed stays.
  async again() {
    if (!this.open) return;
    const before = this.one, typed = this.dirty ? this.boxes.map((box) => box.value) : null;
    try {
      const now = await get("card", this.asked());
      if (this.one !== before) return;
      if (typed && now.hash !== before.hash) return this.choose(now, typed);
      if (JSON.stringify(now) === JSON.stringify(before)) return;
      if (!typed) this.show(now, { focus: false });
      else {
        this.one = now;
        this.tell(now);
      }
    } catch (problem) {
      say(problem.message);
    }
  }

  close() {
    this.one = null;
    this.place.hidden = true;
    this.place.replaceChildren();
    this.closed();
  }

  show(one, { focus = true } = {}) {
    const kept = this.one?.id === one.id && !focus ? [...this.place.querySelectorAll("input")].map(({ id, value }) => [id, value]) : [];
    const held = this.place.contains(document.activeElement) && !focus ? document.activeElement.id : "";
    this.one = one;
    this.seen = false;
    this.abort?.abort();
    const person = this.site.person, edits = person.edits && one.editable;
    const spoken = this.site.locales.find((locale) => locale.name === one.locale);
    const english = this.site.locales.find((locale) => locale.name === this.site.english);
    const said = { lang: english.tag, dir: english.dir };
    this.boxes = (one.strings || []).map((text, at) =>
      Object.assign(
        h("textarea", {
          id: `text-${at}`, lang: spoken.tag, dir: spoken.dir, rows: Math.min(12, 2 + Math.ceil(Math.max(text.length, one.english.length) / 44)),
          spellcheck: "true", readonly: !edits, oninput: () => this.input(),
        }),
        { value: text },
      ),
    );
    this.state = h("div", { class: "state" });
    this.findings = h("div", { class: "findings", role: "status", "aria-live": "polite" });
    this.conflict = h("div", { class: "conflict", role: "alert" });
    const diff = one.diff
      ? h("p", { class: "diff", ...said }, one.diff.map(([sign, text]) => [h({ "+": "ins", "-": "del", "=": "span" }[sign], {}, text), " "]))
      : null;
    this.place.replaceChildren(...[
      h("div", { class: "card-head" },
        h("h2", { id: "card-title" }, one.block || one.path),
        h("button", { type: "button", onclick: () => this.step(-1), "aria-label": "Previous text that needs work" }, "↑"),
        h("button", { type: "button", onclick: () => this.step(1), "aria-label": "Next text that needs work" }, "↓"),
        h("button", { type: "button", class: "close", onclick: () => this.close(), "aria-label": "Close the card" }, "✕")),
      this.state,
      h("h3", {}, "English"),
      h("p", { class: "english", ...said }, one.english),
      one.plural ? h("p", { class: "english", ...said }, one.plural) : null,
      diff && h("h3", {}, one.state === "suggested" ? "Beside the text it is a guess from" : "What changed since it was translated"),
      diff,
      this.conflict,
      this.boxes.length ? h("h3", {}, spoken.title) : null,
      this.boxes.map((box, at) => h("div", {}, h("label", { for: box.id, class: one.forms[at] ? "" : "hidden" }, one.forms[at] || "Translation"), box)),
      edits ? this.tools(one) : null,
      this.findings,
      edits ? h("div", { class: "actions" },
        h("button", { type: "button", class: "main", id: "save", onclick: () => this.save() }, "Save"),
        h("button", { type: "button", id: "undo", hidden: !one.undo, onclick: () => this.undo() }, "Take back")) : null,
      one.locale !== this.site.english && !one.editable ? h("p", {}, "This text is not in the catalog yet: run lockstep update.") : null,
      this.review(one, person),
      this.about(one, said, spoken),
    ].flat().filter(Boolean));
    this.place.hidden = false;
    this.tell(one);
    const draft = edits ? drafts.find(this.site.site, one) : null;
    if (draft && draft.strings.length === this.boxes.length) {
      if (draft.current) {
        draft.strings.forEach((text, at) => (this.boxes[at].value = text));
        if (this.dirty) {
          say("What you typed before is here again. It is not saved yet.");
          this.input();
        }
      } else this.choose(one, draft.strings);
    }
    for (const [id, value] of kept) if (by(id)) by(id).value = value;
    if (focus) (edits ? this.boxes[0] : this.place).focus({ preventScroll: true });
    else if (held) (by(held) || this.place).focus({ preventScroll: true });
  }

  // State and findings, of the text as it is or as it is typed.
  tell(found) {
    const since = found.since ? ` since ${found.since}` : "";
    const why = found.reasons?.length ? `: ${found.reasons.join("; ")}` : "";
    this.state.replaceChildren(...[
      h("p", { class: `mark ${found.state}` }, h("b", {}, found.words), found.change || found.severity ? ` (${found.severity}${since}${why})` : ""),
      found.in_english ? h("p", {}, "Readers get the English.") : null,
    ].filter(Boolean));
    const list = found.findings.map((one) => h("li", { class: one.level }, h("b", {}, `${one.level}, ${one.code}: `), one.text));
    this.findings.replaceChildren(list.length ? h("ul", {}, list) : h("p", { class: "fine" }, found.change && !found.done
      ? "The checks hold it to the English of today once it is typed in or saved." : "The checks find nothing."));
  }

  tools(one) {
    const put = (text) => this.insert(text);
    return h("div", { class: "tools", role: "group", "aria-label": "Insert" },
      h("button", { type: "button", onclick: () => this.copy(), "aria-keyshortcuts": "Alt+0" }, "Copy the English"),
      one.pieces.map((text, at) => h("button", { type: "button", class: "piece", onclick: () => put(text), "aria-keyshortcuts": `Alt+${at + 1}` }, text)));
  }

  review(one, person) {
    const rows = [
      ...(one.signatures || []).map(([role, name, day, why]) => h("li", { class: why ? "ended" : "" }, `${name}, ${role}, ${day}${why ? `: ${why}` : ""}`)),
      ...(one.missing || []).map((role) => h("li", {}, `not yet signed by a ${role}`)),
    ];
    if (!person.writes || !person.role) return rows.length ? h("section", { "aria-label": "Signatures" }, h("h3", {}, "Signatures"), h("ul", {}, rows)) : null;
    this.note = h("input", { id: "note", type: "text", maxlength: "2000", autocomplete: "off" });
    const can = one.signable || (one.unchanged && person.role === "reviser");
    this.approve = h("button", { type: "button", id: "approve", class: "main", disabled: true, onclick: () => this.sign("sign", "Signed.") }, "Approve");
    this.mayApprove = can;
    this.hint = h("p", { class: "hint" }, can ? "You can approve it once it has been on your screen." : "There is nothing to approve yet.");
    const translated = one.locale !== this.site.english && one.editable && one.strings.some(Boolean);
    return h("section", { "aria-label": "Review" },
      h("h3", {}, `Review as ${person.name}, ${person.role}`),
      rows.length ? h("ul", {}, rows) : null,
      h("label", { for: "note" }, "Note"), this.note,
      h("div", { class: "actions" }, this.approve,
        translated || can ? h("button", { type: "button", id: "send-back", onclick: () => this.sign("send-back", "Sent back.") }, "Send back") : null,
        translated ? h("button", { type: "button", id: "comment", onclick: () => this.sign("comment", "Noted.") }, "Comment only") : null),
      this.hint);
  }

  // Told by the page: the text has been on the screen.
  looked() {
    this.seen = true;
    if (this.approve && this.mayApprove && !this.dirty) {
      this.approve.disabled = false;
      this.hint.textContent = "";
    }
  }

  about(one, said, spoken) {
    const place = (text) => h("li", {}, h("code", {}, text), " ",
      h("button", { type: "button", onclick: () => navigator.clipboard?.writeText(text).then(() => say("Copied.")), "aria-label": `Copy ${text}` }, "Copy"));
    const terms = (one.terms || []).map((term) => h("li", {}, h("span", said, term.english), ": ",
      ["must", "prefer", "never"].filter((tier) => term[tier]).map((tier) => `${tier === "never" ? "never " : ""}${term[tier].join(", ")}`).join("; ")));
    const memory = (one.memory || []).map((match) => h("li", {}, h("p", said, `${match.english} (${match.score} %)`), h("p", { lang: spoken.tag, dir: spoken.dir }, match.text),
      this.site.person.edits && one.editable ? h("button", { type: "button", onclick: () => this.fill(match.text) }, "Take this") : null));
    const part = (title, list) => (list.length ? [h("h3", {}, title), h("ul", {}, list)] : []);
    const changed = one.diff && this.site.person.writes && this.site.person.name && one.severity && one.state === "stale";
    return h("section", { "aria-label": "About this text" },
      ...part("Terms", terms),
      ...part("Similar texts", memory),
      ...part("Context", one.context ? [h("li", said, one.context)] : []),
      ...part("What its author says", one.comments.map((text) => h("li", said, text))),
      ...part("Remarks", (one.notes || []).map((text) => h("li", {}, text))),
      ...part("It stands under", one.under.map((text) => h("li", said, text))),
      ...part("Also on", one.places.map((text) => h("li", {}, text))),
      ...part("Where it is", [place(one.place), ...(one.file ? [place(one.file)] : [])]),
      changed ? this.decision() : "");
  }

  decision() {
    const why = h("input", { id: "reason", type: "text", maxlength: "2000", autocomplete: "off" });
    const second = h("input", { id: "second", type: "text", maxlength: "200", autocomplete: "off" });
    const act = (meaning) => async () => {
      try {
        this.show(await post("decide", this.asked({ meaning, note: why.value, second: second.value })));
        say("Decided.");
      } catch (problem) {
        say(problem.message);
      }
    };
    return h("section", { "aria-label": "Decide about the edit" }, h("h3", {}, "Decide about this edit"),
      h("label", { for: "reason" }, "Reason"), why, h("label", { for: "second" }, "With (a second person, where it is critical)"), second,
      h("div", { class: "actions" }, h("button", { type: "button", onclick: act("unchanged") }, "The meaning is unchanged"),
        h("button", { type: "button", onclick: act("raised") }, "It is critical")));
  }

  insert(text) {
    const box = this.boxes.find((one) => one === document.activeElement) || this.box || this.boxes[0];
    box.focus();
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    this.input();
  }

  copy() {
    this.boxes.forEach((box, at) => (box.value = at && this.one.plural ? this.one.plural : this.one.english));
    this.boxes[0].focus();
    this.input();
  }

  fill(text) {
    this.boxes[0].value = text;
    this.boxes[0].focus();
    this.input();
  }

  input() {
    this.box = this.boxes.find((one) => one === document.activeElement);
    const strings = this.boxes.map((box) => box.value);
    if (this.dirty) drafts.keep(this.site.site, this.one, strings);
    else drafts.forget(this.site.site, this.one);
    if (this.approve) this.approve.disabled = true;
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.check(strings), PAUSE);
  }

  async check(strings) {
    const one = this.one;
    if (!one) return;
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const found = await post("check", this.asked({ strings, page: this.page || "" }), { signal: this.abort.signal });
      if (this.one !== one) return;
      this.tell(found);
      this.typed(found);
    } catch (problem) {
      if (problem.name !== "AbortError") say(problem.message);
    }
  }

  async save(hash = this.one.hash) {
    if (!this.open || !this.one.editable || !this.site.person.edits || this.saving) return;
    const one = this.one, strings = this.boxes.map((box) => box.value);
    clearTimeout(this.wait);
    this.saving = true;
    try {
      const now = await post("save", this.asked({ strings, hash }));
      drafts.forget(this.site.site, one);
      if (this.one === one) this.show(now);
      say("Saved.");
      this.saved(now);
    } catch (problem) {
      say(problem.message);
      if (problem.theirs && this.one === one) this.choose(problem.theirs, strings);
    } finally {
      this.saving = false;
    }
  }

  // Somebody else changed the text meanwhile: both are shown, and a person chooses.
  choose(theirs, mine) {
    const spoken = this.site.locales.find((locale) => locale.name === theirs.locale);
    const both = (texts) => texts.map((text) => h("p", { lang: spoken.tag, dir: spoken.dir }, text || "—"));
    const done = (act) => () => {
      this.conflict.replaceChildren();
      act();
    };
    this.conflict.replaceChildren(
      h("p", {}, h("b", {}, "Somebody changed this text meanwhile. Nothing was overwritten.")),
      h("h4", {}, "In the file now"), ...both(theirs.strings || []),
      h("h4", {}, "Yours"), ...both(mine),
      h("div", { class: "actions" },
        h("button", { type: "button", id: "keep-theirs", onclick: done(() => {
          drafts.forget(this.site.site, theirs);
          this.show(theirs);
        }) }, "Keep the one in the file"),
        h("button", { type: "button", id: "use-mine", onclick: done(() => {
          this.show({ ...theirs });
          mine.forEach((text, at) => this.boxes[at] && (this.boxes[at].value = text));
          this.save(theirs.hash);
        }) }, "Save mine")));
    this.conflict.querySelector("button").focus();
  }

  async undo() {
    try {
      this.show(await post("undo", this.asked({ hash: this.one.hash })));
      say("Taken back.");
      this.saved(this.one);
    } catch (problem) {
      say(problem.message);
    }
  }

  async sign(what, done) {
    try {
      if (!this.seen) return say("Look at the text on its page first.");
      if (this.dirty) return say("Save the text first.");
      this.show(await post(what, this.asked({ token: this.one.token, hash: this.one.hash || "", note: this.note.value })));
      say(done);
      this.saved(this.one);
    } catch (problem) {
      say(problem.message);
    }
  }
}
