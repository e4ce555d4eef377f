// Questions to the desk. What is refused is an Error with `status`, and `theirs` where somebody else was faster.

let token = "";

async function answer(response) {
  let made = {};
  try {
    made = await response.json();
  } catch {
    made = { error: "The desk gave no answer that can be read." };
  }
  if (!response.ok) throw Object.assign(new Error(made.error || response.statusText), { status: response.status, theirs: made.theirs });
  return made;
}

export async function get(name, asked = {}) {
  const made = await answer(await fetch(`/-desk/api/${name}?${new URLSearchParams(asked)}`));
  if (name === "site") token = made.token;
  return made;
}

export async function post(name, body, { signal, again = true } = {}) {
  const headers = { "content-type": "application/json", "x-desk-token": token };
  const response = await fetch(`/-desk/api/${name}`, { method: "POST", headers, body: JSON.stringify(body), signal });
  if (response.status === 403 && again) {
    const before = token;
    await get("site"); // the desk was started anew
    if (token !== before) return post(name, body, { signal, again: false });
  }
  return answer(response);
}

export async function page(url) {
  const response = await fetch(url, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(await response.text());
  return response.text();
}

export function listen(told) {
  let lost = false;
  const start = () => {
    const source = new EventSource("/-desk/events");
    source.onmessage = (event) => {
      const found = JSON.parse(event.data);
      told({ ...found, back: found.kind === "hello" && lost });
      lost = false;
    };
    source.onerror = () => {
      if (!lost) told({ kind: "lost" });
      lost = true;
      if (source.readyState === EventSource.CLOSED) setTimeout(start, 2000); // the desk was started anew, and its key is not here yet
    };
  };
  start();
}
