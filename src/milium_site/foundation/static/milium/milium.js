// Small comforts. Every page works without this file.
const dark = () => document.documentElement.dataset.theme
  ? document.documentElement.dataset.theme === "dark"
  : matchMedia("(prefers-color-scheme: dark)").matches;

const button = document.getElementById("theme");
if (button) {
  const name = () => { button.textContent = dark() ? "Light colours" : "Dark colours"; };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem("theme", theme); } catch { /* chosen for this page only */ }
    name();
  });
}

document.querySelector("[data-focus]")?.focus();

for (const field of document.querySelectorAll("[data-select]"))
  field.addEventListener("focus", () => field.select());

// A second press while the first is on its way sends nothing twice; coming back by the back button opens it again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
}

// Words marked in one's answer go into the field that asks for them.
const giver = document.querySelector("[data-gives-selection]");
const taker = document.querySelector("[data-takes-selection]");
if (giver && taker)
  document.addEventListener("selectionchange", () => {
    const marked = getSelection();
    if (giver.contains(marked.anchorNode) && giver.contains(marked.focusNode) && String(marked).trim())
      taker.value = String(marked).trim();
  });
