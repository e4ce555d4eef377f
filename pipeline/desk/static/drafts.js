// What is typed and not saved, kept by the browser: by site, language, text, and what the text was when it was loaded.

const key = (site, card, hash = card.hash) => ["desk", site, card.locale, card.id, hash].join("|");

function all(site, card) {
  const start = key(site, card, "");
  return Object.keys(localStorage).filter((name) => name.startsWith(start));
}

export function keep(site, card, strings) {
  forget(site, card);
  localStorage.setItem(key(site, card), JSON.stringify(strings));
}

export function forget(site, card) {
  for (const name of all(site, card)) localStorage.removeItem(name);
}

// What was typed into this text, and whether the text is still what it was then.
export function find(site, card) {
  for (const name of all(site, card)) {
    try {
      const strings = JSON.parse(localStorage.getItem(name));
      if (Array.isArray(strings) && strings.every((one) => typeof one === "string")) {
        return { strings, current: name === key(site, card) };
      }
    } catch {
      localStorage.removeItem(name);
    }
  }
  return null;
}

export function some(site) {
  return Object.keys(localStorage).filter((name) => name.startsWith(`desk|${site}|`)).length;
}
