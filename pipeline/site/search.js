// The search on the list of all pages. It is shown once its index is there; without it the list is what it was.
const form = document.querySelector("[data-search]");
const [input, list, found, none] = ["input", "ol", "[data-found]", "[data-none]"].map((one) => form.querySelector(one));
const MOST = 20;
let asked = 0;

const indexes = await Promise.all(
  form.dataset.search.split(" ").map(async (lang) => {
    const basePath = new URL(`pagefind/${lang}/`, location.href).href;
    const { createInstance } = await import(`./pagefind.js?${lang}`); // each has a memory of its own, which two cannot share
    const index = createInstance({ basePath, baseUrl: "/", noWorker: true });
    await index.init();
    return index;
  }),
);

function text(tag, words, lang) {
  const made = document.createElement(tag);
  made.textContent = words;
  if (lang && lang !== document.documentElement.lang) made.lang = lang;
  made.dir = "auto";
  return made;
}

// The words of an excerpt with those that were searched for marked; everything else in it is text.
function excerpt(html, meta) {
  const made = text("p", "", meta.lang);
  made.dir = meta.dir;
  const plain = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of plain.childNodes) made.append(node.nodeName === "MARK" ? text("mark", node.textContent) : node.textContent);
  return made;
}

function shown({ raw_url: address, url, meta, excerpt: html }) {
  const item = document.createElement("li");
  const link = text("a", meta.heading || meta.title, meta.heading ? meta["heading-lang"] : meta["title-lang"]);
  link.href = new URL(`..${address || url}`, location.href).href;
  item.append(link);
  if (meta.heading) item.append(" ", text("small", meta.title, meta["title-lang"]));
  item.append(excerpt(html, meta));
  return item;
}

const folded = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

// Whether one of the marked words begins as a word that was typed: where none does, Pagefind gives what is like it by a letter or two.
function near({ excerpt: html }, words) {
  const typed = folded(words).split(/\s+/);
  const marked = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("mark")];
  return marked.some(({ textContent }) => {
    const word = folded(textContent);
    return typed.some((one) => word.includes(one.slice(0, Math.max(Math.ceil(one.length * 0.6), Math.min(one.length, 3)))));
  });
}

async function matching(words) {
  const results = words ? (await Promise.all(indexes.map((index) => index.search(words)))).flatMap((one) => one.results) : [];
  results.sort((one, other) => other.score - one.score);
  const data = (await Promise.all(results.slice(0, MOST).map((one) => one.data()))).filter((one) => near(one, words));
  return { results, data };
}

// Arabic words without their article, which is written in one with them and which Pagefind takes for a part of them.
const bare = (words) => words.replace(/(?<!\p{L})(?:[وفبك]?ال|لل)(?=\p{L}{2})/gu, "");

async function search() {
  const words = input.value.trim();
  const own = ++asked;
  let { results, data } = await matching(words);
  if (!data.length && bare(words) !== words) ({ results, data } = await matching(bare(words)));
  if (own !== asked) return; // more was typed meanwhile
  list.replaceChildren(...data.map(shown));
  const count = data.length === MOST ? results.length : data.length;
  found.querySelector("output").textContent = new Intl.NumberFormat(document.documentElement.lang).format(count);
  found.hidden = !count;
  none.hidden = !words || count > 0;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
input.addEventListener("input", search);
form.hidden = false;
if (input.value) search();
