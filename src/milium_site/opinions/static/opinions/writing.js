// While an answer is written: phrases go where the cursor is, keys save and review, and a lost network loses no word.
const form = document.querySelector("form[data-keeps]");
const box = form?.querySelector("textarea[name=text]");

if (box) {
  const shelf = `draft:${form.dataset.keeps}`;
  const note = document.getElementById("offline");
  const say = (words) => { note.textContent = words; note.hidden = !words; };
  const keep = () => { try { localStorage.setItem(shelf, box.value); } catch { /* this browser keeps nothing */ } };
  const drop = () => { try { localStorage.removeItem(shelf); } catch { /* as above */ } };
  const kept = () => { try { return localStorage.getItem(shelf); } catch { return null; } };

  for (const button of form.querySelectorAll("[data-phrase]"))
    button.addEventListener("click", (event) => {
      event.preventDefault();
      box.setRangeText(button.textContent, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    });

  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === "Enter") { event.preventDefault(); form.querySelector("[name=review]").click(); }
    if (event.key === "s") { event.preventDefault(); form.querySelector("[name=save]").click(); }
  });

  // Kept here only from a keystroke until the server has it.
  box.addEventListener("input", keep);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) { if (kept() === box.value) drop(); say(""); }
  });
  document.body.addEventListener("htmx:sendError", () => {
    keep();
    say("There is no connection. What you type is kept on this computer and saved as soon as the connection is back.");
  });
  addEventListener("online", () => { if (kept() !== null) document.body.dispatchEvent(new Event("kept")); });

  // Words from a page that was closed without a connection are put back, and saved like typed ones.
  const found = kept();
  if (found !== null && found !== box.value) {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "second";
    back.textContent = "Put them into the box";
    back.addEventListener("click", () => {
      box.value = found;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      say("");
      box.focus();
    });
    const away = document.createElement("button");
    away.type = "button";
    away.className = "link";
    away.textContent = "Drop them";
    away.addEventListener("click", () => { drop(); say(""); });
    say("Words that you typed without a connection are kept on this computer. ");
    note.append(back, " ", away);
  } else if (found !== null) drop();
}
