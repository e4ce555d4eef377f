// One document made like another with as little change as possible: what is the same stays, with its place and its focus.

export function morph(old, made) {
  if (old.isEqualNode(made)) return 0;
  if (old.nodeType !== made.nodeType || old.nodeName !== made.nodeName) {
    old.replaceWith(old.ownerDocument.importNode(made, true));
    return 1;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = made.nodeValue;
    return 1;
  }
  for (const { name } of [...old.attributes]) if (!made.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  for (const { name, value } of made.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const before = [...old.childNodes], after = [...made.childNodes];
  let start = 0, end = 0;
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start++;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end++;
  const gone = before.slice(start, before.length - end), come = after.slice(start, after.length - end);
  let count = 0;
  if (gone.length === come.length) {
    gone.forEach((node, at) => (count += morph(node, come[at])));
    return count;
  }
  const stop = before[before.length - end] || null;
  const kept = Math.min(gone.length, come.length);
  for (let at = 0; at < kept; at++) count += morph(gone[at], come[at]);
  gone.slice(kept).forEach((node) => node.remove());
  come.slice(kept).forEach((node) => old.insertBefore(old.ownerDocument.importNode(node, true), stop));
  return count + Math.abs(gone.length - come.length);
}
