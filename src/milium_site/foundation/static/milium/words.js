// What a medical word means opens beside it, on hover, tap and Enter. Without this file the word leads to the
// same text at the end of the page. Escape closes it, the pointer may rest on it, and it stays until it is left.
const terms = document.querySelectorAll("a.term");
const OPENS_AFTER = 150, CLOSES_AFTER = 250, GAP = 6;

if (terms.length && "popover" in HTMLElement.prototype) {
  const meaning = document.createElement("div");
  Object.assign(meaning, { id: "meaning", popover: "auto", role: "dialog", tabIndex: -1, ariaLabel: "What the word means" });
  document.querySelector("main").append(meaning);
  let shown = null, chosen = false, timer;

  const soon = (then, wait) => { clearTimeout(timer); timer = setTimeout(then, wait); };
  const stay = () => clearTimeout(timer);
  const leave = () => { if (!chosen) soon(() => meaning.hidePopover(), CLOSES_AFTER); };

  const place = (term) => {
    const word = term.getClientRects()[0], box = meaning.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(word.left, document.documentElement.clientWidth - box.width - GAP));
    const above = word.bottom + GAP + box.height > innerHeight && word.top > box.height + GAP;
    meaning.style.left = `${left + scrollX}px`;
    meaning.style.top = `${(above ? word.top - GAP - box.height : word.bottom + GAP) + scrollY}px`;
  };

  const show = (term) => {
    stay();
    if (shown !== term) {
      meaning.hidePopover();
      const entry = document.getElementById(term.hash.slice(1));
      meaning.replaceChildren(...entry.cloneNode(true).childNodes);
      meaning.showPopover({ source: term });
      place(term);
      term.ariaExpanded = "true";
      shown = term;
    }
  };

  meaning.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open" || !shown) return;
    shown.ariaExpanded = "false";
    shown = null;
    chosen = false;
  });
  meaning.addEventListener("pointerenter", stay);
  meaning.addEventListener("pointerleave", leave);

  for (const term of terms) {
    Object.assign(term, { role: "button", ariaExpanded: "false", ariaHasPopup: "dialog" });
    term.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && !chosen) soon(() => show(term), OPENS_AFTER);
    });
    term.addEventListener("pointerleave", leave);
    term.addEventListener("click", (event) => {
      event.preventDefault();
      show(term);
      chosen = true;
      meaning.focus({ preventScroll: true });
    });
    term.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); term.click(); }
    });
  }
}
