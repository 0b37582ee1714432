// Looks at a case's photos: nearer, moved about, two side by side; by finger, mouse and keyboard. Without it they are links.
(() => {
  const MOST = 8, STEP = 1.4;
  const between = (least, value, most) => Math.max(least, Math.min(value, most));

  class Pane {
    constructor() {
      this.box = Object.assign(document.createElement("div"), { className: "pane", tabIndex: 0 });
      this.box.setAttribute("role", "group");
      this.image = Object.assign(document.createElement("img"), { draggable: false });
      this.caption = Object.assign(document.createElement("p"), { className: "caption" });
      this.box.append(this.image, this.caption);
      this.pointers = new Map();
      this.listen();
    }

    show(photo) {
      this.photo = photo;
      this.image.alt = photo.alt;
      this.caption.textContent = photo.caption;
      this.box.setAttribute("aria-label", photo.caption);
      this.image.src = photo.view;
      this.isFull = false;
      this.fit();
    }

    // As large as the pane, all of it to be seen.
    fit() {
      const { clientWidth, clientHeight } = this.box;
      this.base = Math.min(clientWidth / this.photo.width, clientHeight / this.photo.height);
      this.zoom = 1;
      this.x = (clientWidth - this.photo.width * this.base) / 2;
      this.y = (clientHeight - this.photo.height * this.base) / 2;
      this.place();
    }

    place() {
      const width = this.photo.width * this.base * this.zoom, height = this.photo.height * this.base * this.zoom;
      const { clientWidth, clientHeight } = this.box;
      // A picture smaller than its pane stands in the middle; a larger one never leaves it.
      this.x = width <= clientWidth ? (clientWidth - width) / 2 : between(clientWidth - width, this.x, 0);
      this.y = height <= clientHeight ? (clientHeight - height) / 2 : between(clientHeight - height, this.y, 0);
      Object.assign(this.image.style, { width: `${this.photo.width * this.base}px`, height: `${this.photo.height * this.base}px`, transform: `translate(${this.x}px, ${this.y}px) scale(${this.zoom})` });
      if (!this.isFull && width * devicePixelRatio > 1280) {
        this.isFull = true;
        const full = new Image(), { photo } = this;
        full.addEventListener("load", () => { if (this.photo === photo) this.image.src = photo.full; });
        full.src = photo.full;
      }
    }

    // Nearer or farther, with the point under the finger staying where it is.
    zoomBy(factor, x = this.box.clientWidth / 2, y = this.box.clientHeight / 2) {
      const zoom = between(1, this.zoom * factor, MOST), by = zoom / this.zoom;
      this.x = x - (x - this.x) * by;
      this.y = y - (y - this.y) * by;
      this.zoom = zoom;
      this.place();
    }

    move(x, y) { this.x += x; this.y += y; this.place(); }

    listen() {
      const { box, pointers } = this;
      const at = (event) => { const edge = box.getBoundingClientRect(); return { x: event.clientX - edge.left, y: event.clientY - edge.top }; };
      box.addEventListener("wheel", (event) => { const { x, y } = at(event); this.zoomBy(Math.exp(-event.deltaY / 400), x, y); event.preventDefault(); }, { passive: false });
      box.addEventListener("dblclick", (event) => { const { x, y } = at(event); if (this.zoom > 1) this.fit(); else this.zoomBy(3, x, y); });
      box.addEventListener("pointerdown", (event) => { box.setPointerCapture(event.pointerId); pointers.set(event.pointerId, at(event)); });
      box.addEventListener("pointermove", (event) => {
        const before = pointers.get(event.pointerId);
        if (!before) return;
        const now = at(event), other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
        if (other) {
          const apart = (point) => Math.hypot(point.x - other.x, point.y - other.y);
          this.zoomBy(apart(now) / Math.max(1, apart(before)), (now.x + other.x) / 2, (now.y + other.y) / 2);
        } else this.move(now.x - before.x, now.y - before.y);
        pointers.set(event.pointerId, now);
      });
      for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, (event) => pointers.delete(event.pointerId));
    }
  }

  function open(photos, first, opener) {
    const dialog = Object.assign(document.createElement("dialog"), { className: "viewer" });
    dialog.setAttribute("aria-label", "Photos");
    dialog.innerHTML = `<header><p role="status"></p><button type="button" class="second" data-do="close">Close</button></header>
      <div class="panes"></div>
      <footer><button type="button" class="second" data-do="before">Before</button><button type="button" class="second" data-do="after">Next</button>
      <button type="button" class="second" data-do="nearer" aria-label="Nearer">+</button><button type="button" class="second" data-do="farther" aria-label="Farther">−</button>
      <button type="button" class="second" data-do="fit">Whole</button><button type="button" class="second" data-do="two" aria-pressed="false">Side by side</button></footer>`;
    const place = dialog.querySelector(".panes"), status = dialog.querySelector("[role=status]");
    const one = new Pane(), other = new Pane(), at = new Map([[one, first], [other, (first + 1) % photos.length]]);
    let active = one;
    const isTwo = () => place.classList.contains("two");
    const tell = () => { status.textContent = `Photo ${at.get(active) + 1} of ${photos.length}: ${photos[at.get(active)].caption}`; };
    const choose = (pane) => {
      active = pane;
      for (const each of [one, other]) each.box.classList.toggle("active", each === pane);
      tell();
    };
    const go = (by) => {
      at.set(active, (at.get(active) + by + photos.length) % photos.length);
      active.show(photos[at.get(active)]);
      tell();
    };
    const two = () => {
      place.classList.toggle("two");
      dialog.querySelector("[data-do=two]").setAttribute("aria-pressed", String(isTwo()));
      if (isTwo() && at.get(other) === at.get(one)) at.set(other, (at.get(one) + 1) % photos.length);
      if (isTwo()) { place.append(other.box); other.show(photos[at.get(other)]); } else { other.box.remove(); choose(one); }
      one.fit();
    };
    const acts = {
      close: () => dialog.close(), before: () => go(-1), after: () => go(1), two, fit: () => active.fit(),
      nearer: () => active.zoomBy(STEP), farther: () => active.zoomBy(1 / STEP),
    };
    const keys = { ArrowLeft: "before", ArrowRight: "after", "+": "nearer", "=": "nearer", "-": "farther", 0: "fit", s: "two" };
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    dialog.addEventListener("click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
    dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const move = (event.shiftKey || event.key === "ArrowUp" || event.key === "ArrowDown") && moves[event.key];
      if (move) active.move(...move);
      else if (keys[event.key] && !(photos.length < 2 && ["two", "before", "after"].includes(keys[event.key]))) acts[keys[event.key]]();
      else return;
      event.preventDefault();
    });
    for (const pane of [one, other]) for (const event of ["focus", "pointerdown"]) pane.box.addEventListener(event, () => choose(pane));
    if (photos.length < 2) for (const name of ["before", "after", "two"]) dialog.querySelector(`[data-do=${name}]`).hidden = true;
    const again = () => { one.fit(); if (isTwo()) other.fit(); };
    addEventListener("resize", again);
    dialog.addEventListener("close", () => { removeEventListener("resize", again); dialog.remove(); opener.focus(); });
    place.append(one.box);
    document.body.append(dialog);
    dialog.showModal();
    one.show(photos[first]);
    choose(one);
    one.box.focus();
  }

  for (const gallery of document.querySelectorAll("[data-viewer]")) {
    const links = [...gallery.querySelectorAll("a[data-view]")];
    const photos = links.map((link) => ({
      full: link.href, view: link.dataset.view, alt: link.querySelector("img").alt, caption: link.dataset.caption,
      width: Number(link.dataset.width), height: Number(link.dataset.height),
    }));
    links.forEach((link, number) => link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(photos, number, link);
    }));
  }
})();
