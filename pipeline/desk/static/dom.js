// Elements from values. Text is set as text, never as markup, whoever wrote it.

export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const by = (id) => document.getElementById(id);

let cleared = 0;
export function say(text) {
  by("status").textContent = text;
  clearTimeout(cleared);
  cleared = setTimeout(() => (by("status").textContent = ""), 6000);
}
