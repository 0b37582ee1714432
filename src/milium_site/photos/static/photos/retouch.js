// Crop and cover, before anything is sent: mark a part by finger, mouse or keyboard, then cover it or keep only that.
// What is covered is painted over in the picture itself. Nothing under it ever leaves the browser.
(() => {
  const COVER = "#808080", LEAST = 16;

  function copy(source, part = { x: 0, y: 0, width: source.width, height: source.height }) {
    const canvas = Object.assign(document.createElement("canvas"), { width: part.width, height: part.height });
    canvas.getContext("2d").drawImage(source, part.x, part.y, part.width, part.height, 0, 0, part.width, part.height);
    return canvas;
  }

  function applied(canvas, steps) {
    let done = copy(canvas);
    for (const { what, part } of steps) {
      if (what === "crop") { done = copy(done, part); continue; }
      const context = done.getContext("2d");
      context.fillStyle = COVER;
      context.fillRect(part.x, part.y, part.width, part.height);
    }
    return done;
  }

  function built() {
    const dialog = document.createElement("dialog");
    dialog.className = "retouch";
    dialog.setAttribute("aria-labelledby", "retouch-title");
    dialog.innerHTML = `
      <header><h2 id="retouch-title">Crop or cover</h2>
      <p id="retouch-how">Drag over a part. Or use the keyboard: arrows move the frame, Shift and arrows make it larger or smaller. Then cover that part, or keep only that part.</p></header>
      <div class="stage"><canvas tabindex="0" role="img" aria-label="Your photo with a frame to place" aria-describedby="retouch-how"></canvas></div>
      <p class="sr" role="status"></p>
      <footer><button type="button" class="second" data-do="cover">Cover this part</button>
      <button type="button" class="second" data-do="crop">Keep only this part</button>
      <button type="button" class="second" data-do="undo">Undo</button>
      <button type="button" class="second" data-do="cancel">Cancel</button>
      <button type="button" data-do="done">Done</button></footer>`;
    document.body.append(dialog);
    return dialog;
  }

  // The changed picture, or null when the person cancelled.
  function retouch(original) {
    const dialog = built(), view = dialog.querySelector("canvas"), status = dialog.querySelector("[role=status]");
    const button = (name) => dialog.querySelector(`[data-do="${name}"]`);
    const steps = [];
    let picture, part, drag = null;

    const inside = () => {
      part.width = Math.max(LEAST, Math.min(part.width, picture.width));
      part.height = Math.max(LEAST, Math.min(part.height, picture.height));
      part.x = Math.max(0, Math.min(part.x, picture.width - part.width));
      part.y = Math.max(0, Math.min(part.y, picture.height - part.height));
      for (const name of ["x", "y", "width", "height"]) part[name] = Math.round(part[name]);
    };
    const draw = () => {
      const context = view.getContext("2d"), line = Math.max(2, picture.width / 300);
      context.drawImage(picture, 0, 0);
      // Light and dark together, so that the frame shows on any skin.
      for (const [colour, dash] of [["#000", []], ["#fff", [4 * line, 4 * line]]]) {
        context.strokeStyle = colour; context.lineWidth = line; context.setLineDash(dash);
        context.strokeRect(part.x, part.y, part.width, part.height);
      }
    };
    const redo = () => {
      picture = applied(original, steps);
      view.width = picture.width; view.height = picture.height;
      const { width, height } = picture;
      part = { x: width * 0.3, y: height * 0.3, width: width * 0.4, height: height * 0.4 };
      inside(); draw();
      button("undo").disabled = !steps.length;
    };
    const add = (what, said) => {
      steps.push({ what, part: { ...part } });
      redo();
      status.textContent = said;
    };
    const at = (event) => {
      const box = view.getBoundingClientRect();
      return { x: ((event.clientX - box.left) / box.width) * picture.width, y: ((event.clientY - box.top) / box.height) * picture.height };
    };

    view.addEventListener("pointerdown", (event) => {
      view.setPointerCapture(event.pointerId);
      drag = at(event);
      event.preventDefault(); view.focus();
    });
    view.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const to = at(event);
      part = { x: Math.max(0, Math.min(drag.x, to.x)), y: Math.max(0, Math.min(drag.y, to.y)), width: Math.abs(to.x - drag.x), height: Math.abs(to.y - drag.y) };
      inside(); draw();
    });
    for (const end of ["pointerup", "pointercancel"]) view.addEventListener(end, () => { drag = null; });
    view.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!by) return;
      const step = Math.max(picture.width, picture.height) / 50;
      const [across, down] = event.shiftKey ? ["width", "height"] : ["x", "y"];
      part[across] += by[0] * step; part[down] += by[1] * step;
      inside(); draw();
      event.preventDefault();
    });

    return new Promise((resolve) => {
      const close = (result) => { dialog.close(); dialog.remove(); resolve(result); };
      button("cover").addEventListener("click", () => add("cover", "Covered."));
      button("crop").addEventListener("click", () => add("crop", "Cropped."));
      button("undo").addEventListener("click", () => { steps.pop(); redo(); status.textContent = "Undone."; });
      button("cancel").addEventListener("click", () => close(null));
      button("done").addEventListener("click", () => close(steps.length ? picture : null));
      dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(null); });
      redo();
      dialog.showModal();
      view.focus();
    });
  }

  window.milium = Object.assign(window.milium ?? {}, { retouch });
})();
