// What is listed beside the page: its texts, what waits in a language, and what the edits of the English come to.

import { h } from "./dom.js";

export function texts(blocks, spoken, picked) {
  if (!blocks.length) return h("p", {}, "This page has no text to translate.");
  const rows = blocks.map((one) => h("li", {},
    h("button", { type: "button", class: `row ${one.state}`, onclick: () => picked(one) },
      h("span", { class: "row-state" }, one.state, one.level === "error" || one.level === "warning" ? `, ${one.level}` : ""),
      h("span", { class: "row-text", lang: one.spoken === spoken.name ? spoken.tag : "en", dir: "auto" }, one.text))));
  return h("ol", { class: "rows" }, rows);
}

const chosen = { state: "", code: "", page: "" };

export function work(place, found, spoken, pages, picked) {
  const kinds = (name) => [...new Set(found.rows.flatMap((row) => (name === "code" ? row.codes : [name === "page" ? row.path : row.grade])))];
  const filter = (name, label) => {
    const options = kinds(name);
    if (chosen[name] && !options.includes(chosen[name])) chosen[name] = "";
    const made = h("select", { id: `only-${name}`, onchange: () => {
      chosen[name] = made.value;
      work(place, found, spoken, pages, picked);
      place.querySelector(`#only-${name}`).focus();
    } }, h("option", { value: "" }, "all"), options.map((one) => h("option", { value: one }, one)));
    made.value = chosen[name];
    return h("label", {}, `${label} `, made);
  };
  const rows = found.rows.filter((row) => (!chosen.state || row.grade === chosen.state) && (!chosen.code || row.codes.includes(chosen.code)) && (!chosen.page || row.path === chosen.page));
  const words = rows.reduce((sum, row) => sum + row.words, 0);
  const share = found.words ? Math.floor((100 * found.done) / found.words) : 100;
  place.replaceChildren(
    h("h2", {}, `To do in ${spoken.english}`),
    h("label", { class: "progress" }, `${share} % of the words are done `, h("progress", { max: String(found.words || 1), value: String(found.done) })),
    h("p", {}, `${rows.length} text${rows.length === 1 ? "" : "s"}, ${words} words.`, found.known < found.of ? ` ${found.known} of ${found.of} files are looked at so far.` : ""),
    h("p", { class: "figures" }, Object.entries(found.states).map(([state, count]) => `${count} ${state}`).join(", ")),
    h("div", { class: "filters" }, filter("state", "State"), filter("code", "Finding"), filter("page", "Page")),
    h("ol", { class: "rows" }, rows.slice(0, 300).map((row) => h("li", {},
      h("button", { type: "button", class: `row ${row.state}`, onclick: () => picked(row) },
        h("span", { class: "row-state" }, `${row.grade}${row.since ? ` since ${row.since}` : ""}, ${row.words} words`),
        h("span", { class: "row-text", lang: "en", dir: "ltr" }, row.english),
        h("span", { class: "row-place" }, row.page))))));
}

// How far every language is.
export function standing(found, locales, picked) {
  const busy = found.busy ? h("p", {}, "Working it out …") : null;
  if (found.error) return h("div", {}, h("h2", {}, "Languages"), h("p", {}, found.error), busy || "");
  if (!found.languages) return h("div", {}, h("h2", {}, "Languages"), busy || h("p", {}, "Not worked out yet."));
  const row = (one) => {
    const spoken = locales.find((locale) => locale.name === one.locale);
    const waits = Object.entries(one.waits).map(([role, count]) => `${count} for a ${role}`).join(", ") || "nothing";
    const machine = one.machine ? ` A machine made ${one.machine} of them, and nobody read them.` : "";
    const states = Object.entries(one.states).map(([state, count]) => `${count} ${state}`).join(", ");
    return [
      h("tr", {},
        h("th", { scope: "row" }, h("button", { type: "button", onclick: () => picked(one.locale) }, spoken?.english || one.locale)),
        h("td", {}, one.share), h("td", {}, String(one.left)), h("td", {}, String(one.critical))),
      h("tr", { class: "more" }, h("td", { colspan: "4" },
        h("progress", { max: String(one.words || 1), value: String(one.done), "aria-label": `Done in ${spoken?.english || one.locale}` }),
        h("span", { class: "figures" }, `${states}.${machine} Waits: ${waits}.`))),
    ];
  };
  return h("div", {}, h("h2", {}, "Languages"), busy || "",
    h("table", {}, h("caption", {}, "How far every language is"),
      h("thead", {}, h("tr", {}, ["Language", "Done", "Words left", "Critical"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, found.languages.map(row))));
}

export function impact(found, picked) {
  const busy = found.busy ? h("p", {}, "Working it out …") : null;
  if (found.error) return h("div", {}, h("h2", {}, "Impact"), h("p", {}, found.error), busy || "");
  if (!found.languages) return h("div", {}, h("h2", {}, "Impact"), busy || h("p", {}, "Not worked out yet."));
  if (found.empty) return h("div", {}, h("h2", {}, "Impact"), h("p", {}, "No edits since the last update."), busy || "");
  const count = (one, name) => `${one.strings[name] || 0}`;
  return h("div", {}, h("h2", {}, "Impact of the edits so far"), busy || "",
    h("p", {}, `${found.edited.length} edited, ${found.new} new, ${found.deleted} deleted. ${found.english} translated text${found.english === 1 ? "" : "s"} will turn English.`),
    h("ol", { class: "rows" }, found.edited.map((row) => h("li", {}, h("button", { type: "button", class: "row", onclick: () => picked(row) },
      h("span", { class: "row-state" }, `${row.severity}: ${row.reasons.join("; ")} (${row.had} languages)`),
      h("span", { class: "row-text diff", lang: "en", dir: "ltr" }, row.diff.map(([sign, text]) => [h({ "+": "ins", "-": "del", "=": "span" }[sign], {}, text), " "])))))),
    h("table", {}, h("caption", {}, "To translate anew"), h("thead", {}, h("tr", {}, ["Language", "Critical", "Wording", "New", "Reviews end"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, found.languages.map((one) => h("tr", {}, h("th", { scope: "row" }, one.locale), ["critical", "wording", "new"].map((name) => h("td", {}, count(one, name))), h("td", {}, `${one.ended}`))))),
    found.advice.length ? [h("h3", {}, "Advice"), h("ul", {}, found.advice.map((text) => h("li", {}, text)))] : []);
}
