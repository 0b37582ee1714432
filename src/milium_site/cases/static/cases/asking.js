// Keeps what is typed in this tab until it is sent or the tab is closed. Every page works without this file.
const KEY = "milium:" + location.pathname;
const form = document.querySelector("form[data-keeps], form[data-sends]");
const note = document.getElementById("kept");

const store = {
  get(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* storage is closed: the page still works */ } },
  clear() {
    try { for (const key of Object.keys(sessionStorage)) if (key.startsWith("milium:")) sessionStorage.removeItem(key); } catch { /* as above */ }
  },
};
const OURS = new Set(["csrfmiddlewaretoken", "token"]);
const state = () => [...new FormData(form)].filter(([name]) => !OURS.has(name)).map(([name, value]) => [name, String(value)]);
const say = (text, again) => {
  if (!note) return;
  note.querySelector("span").textContent = text;
  note.querySelector("button").hidden = !again;
  note.hidden = false;
};

function put(values) {
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const kept = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (kept.length) field.value = kept[0];
  }
}

if (form && "keeps" in form.dataset) {
  const drawn = state();
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const kept = store.get(KEY);
  // Only over the page as it was drawn then: what the server has learned since is newer.
  if (kept && same(kept.drawn, drawn) && !same(kept.now, drawn)) {
    put(kept.now);
    say("We kept what you typed here. It is gone when you send it or close this tab.", true);
    form.querySelector("textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const keep = () => store.set(KEY, { drawn, now: state() });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  document.addEventListener("htmx:afterSwap", keep);
  note?.querySelector("button").addEventListener("click", () => {
    store.clear();
    put(drawn);
    note.hidden = true;
    const box = form.querySelector("textarea");
    if (box) { box.dispatchEvent(new Event("input", { bubbles: true })); box.focus(); }
  });
}

form?.addEventListener("submit", (event) => {
  if (navigator.onLine) { if ("sends" in form.dataset) store.clear(); return; }
  event.preventDefault();
  say("You are not connected. Your words are kept here: try again when you are back online.", false);
  note?.scrollIntoView({ block: "center" });
  setTimeout(() => { delete form.dataset.sent; });
});
document.addEventListener("htmx:sendError", () => say("No connection now. Your words are kept here, and you can go on writing.", false));
addEventListener("online", () => { if (note && !note.hidden && note.querySelector("button").hidden) note.hidden = true; });
