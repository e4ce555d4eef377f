// The tables of the status pages, sorted by a column: an enhancement, without which they stand in their own order.
"use strict";

const value = (row, at) => row.cells[at].innerText.trim();

function compare(one, other) {
  const [a, b] = [parseFloat(one), parseFloat(other)];
  if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
  return a - b || one.localeCompare(other, document.documentElement.lang, { numeric: true });
}

function sort(table, at) {
  const head = table.tHead.rows[0].cells;
  const down = head[at].getAttribute("aria-sort") === "ascending";
  for (const cell of head) cell.removeAttribute("aria-sort");
  head[at].setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows].sort((a, b) => compare(value(a, at), value(b, at)) * (down ? -1 : 1));
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    if (cell.firstElementChild) {
      button.setAttribute("aria-label", `Sort by ${cell.innerText.trim()}`);
      cell.append(" ", button);
    } else {
      button.append(...cell.childNodes);
      cell.append(button);
    }
    button.addEventListener("click", () => sort(table, at));
  });
}
