// Adding photos without leaving the page: look, crop or cover, send, try again. Without this file the form does it.
(() => {
  const form = document.querySelector("[data-add]");
  if (!form || !window.createImageBitmap || !HTMLDialogElement.prototype.showModal) return;
  const LONGEST = 2560, QUALITY = 0.92, WAITS = [2, 4, 8, 15, 30];
  const list = document.querySelector("[data-photos]"), yours = document.querySelector("[data-yours]");
  const chosen = form.querySelector("[data-chosen]"), coverIt = form.querySelector("[data-cover-it]");
  const input = form.querySelector("[data-photo]");
  const waiting = [];
  // The photo that is being looked at: what is sent, and its picture where the browser can draw it.
  let current = null, choice = 0, sending = false;

  const element = (name, text = "", values = {}) => Object.assign(document.createElement(name), { textContent: text }, values);
  const press = (text, act) => {
    const button = element("button", text, { type: "button", className: "link" });
    button.addEventListener("click", act);
    return button;
  };

  // Two ways to a photo, where there is a camera to hold: take one, or choose one.
  input.required = false;
  const inputs = [input];
  if (matchMedia("(pointer: coarse)").matches) {
    const camera = input.cloneNode();
    camera.id = "id_camera"; camera.removeAttribute("name"); camera.setAttribute("capture", "environment");
    const pick = input.parentElement;
    pick.classList.add("two");
    pick.append(camera, element("label", "Take a photo", { htmlFor: camera.id, className: "first" }), input, element("label", "Choose one", { htmlFor: input.id }));
    inputs.push(camera);
  }
  for (const one of inputs) one.addEventListener("change", () => one.files[0] && look(one.files[0]));

  async function digest(file) {
    if (!crypto.subtle) return "";
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function drawn(file) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = element("canvas", "", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const sent = { width: bitmap.width, height: bitmap.height };
    bitmap.close();
    return { canvas, sent };
  }

  async function look(file) {
    const mine = ++choice;
    current = null;
    chosen.hidden = false;
    chosen.replaceChildren(element("p", "Looking at it…", { className: "quiet" }));
    if (file.size > Number(form.dataset.most)) return say("This file is larger than 25 MB. Choose a smaller one.");
    const original = await digest(file).catch(() => "");
    const picture = await drawn(file).catch(() => null);
    if (mine !== choice) return;
    current = { file, original, ...picture };
    show();
  }

  function say(words) {
    chosen.replaceChildren(element("p", words, { className: "error" }));
    chosen.lastChild.setAttribute("role", "alert");
  }

  function show() {
    coverIt.hidden = !current.canvas;
    if (!current.canvas) {
      chosen.replaceChildren(element("p", `${current.file.name}: your browser cannot show this kind of photo, so it cannot be cropped or covered before it is sent. Once it is cleaned, “Change, cover or remove” beside it lets you cover a part.`, { className: "advice" }));
      return;
    }
    current.canvas.setAttribute("role", "img");
    current.canvas.setAttribute("aria-label", "The photo you chose");
    const { advice } = milium.judge(current.canvas, current.sent);
    const words = advice.length
      ? element("p", `Another try may help. ${advice.join(" ")} You can also send it as it is.`, { className: "advice" })
      : element("p", "Sharp and well lit.", { className: "fine" });
    words.setAttribute("role", "status");
    const actions = element("p", "", { className: "actions" });
    actions.append(press("Crop or cover a part", retouch));
    chosen.replaceChildren(current.canvas, words, actions);
  }

  async function retouch() {
    const now = current;
    const changed = now?.canvas && await milium.retouch(now.canvas);
    if (!changed || now !== current) return;
    current = { ...current, canvas: changed, sent: { width: changed.width, height: changed.height } };
    show();
    chosen.querySelector("button").focus();
  }
  form.querySelector("[data-retouch]").addEventListener("click", retouch);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    if (!current) {
      chosen.hidden = false;
      say("Choose a photo, or take one.");
      return;
    }
    const photo = current;
    current = null;
    const values = new FormData(form);
    // Drawn anew in the browser: what a camera writes beside the picture stays here.
    const blob = photo.canvas && await new Promise((done) => photo.canvas.toBlob(done, "image/jpeg", QUALITY));
    values.set("photo", blob ?? photo.file, blob ? "photo.jpg" : "photo");
    values.set("original", photo.original);
    send({ values, view: values.get("view"), row: row(photo.canvas), tries: 0 });
    next(values.get("view"));
  });

  // The form is empty again, for the next photo, with a number of its own.
  function next(view) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const order = ["far", "medium", "close", "other"];
    const { value: site } = form.elements.site ?? {}, { value: side } = form.elements.side;
    form.reset();
    if (form.elements.site) form.elements.site.value = site;
    form.elements.side.value = side;
    form.elements.upload.value = btoa(String.fromCharCode(...bytes)).replace(/[+/]/g, "-").replace(/=/g, "");
    form.elements.original.value = "";
    form.elements.view.value = order[Math.min(order.indexOf(view) + 1, 3)];
    for (const name of ["knowable", "intimate"]) for (const radio of form.elements[name]) radio.checked = false;
    chosen.hidden = true; coverIt.hidden = true;
  }

  function row(canvas) {
    const item = element("li", "", { className: "photo" }), thumb = element("div", "", { className: "thumb" });
    if (canvas) thumb.append(canvas);
    item.words = element("div");
    item.append(thumb, item.words);
    list.append(item);
    yours.hidden = false;
    item.scrollIntoView({ block: "nearest" });
    return item;
  }

  function told(job, words, ...buttons) {
    const line = element("p", words);
    line.setAttribute("role", "status");
    const doing = element("p", "", { className: "do" });
    doing.append(...buttons);
    job.row.words.replaceChildren(line, ...(buttons.length ? [doing] : []));
    return line;
  }

  function send(job) {
    waiting.push(job);
    told(job, "Waiting for its turn");
    onward();
  }

  function onward() {
    if (sending || !waiting.length) return;
    sending = true;
    upload(waiting.shift());
  }

  function upload(job) {
    const bar = element("progress", "", { max: 1, value: 0 });
    bar.setAttribute("aria-label", "How much was sent");
    const line = told(job, "Sending");
    job.row.words.append(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action") || location.href);
    request.setRequestHeader("X-Photo", "part");
    request.timeout = 180_000;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
      if (event.loaded === event.total) { line.textContent = "Cleaning it"; bar.removeAttribute("value"); }
    });
    const ended = (act) => () => { sending = false; act(); onward(); };
    request.addEventListener("load", ended(() => answered(job, request)));
    for (const lost of ["error", "timeout"])
      request.addEventListener(lost, ended(() => later(job, "The connection was lost.")));
    request.send(job.values);
  }

  function answered(job, request) {
    if (request.status === 201) {
      job.row.insertAdjacentHTML("afterend", request.responseText);
      job.row.remove();
      document.querySelector(`[data-asked="${job.view}"]`)?.classList.add("there");
    } else if (request.status >= 500) {
      later(job, request.status === 503 ? "Many photos are being cleaned right now." : "Something went wrong on our side.");
    } else {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const reason = request.status === 422 ? answer.body.textContent.trim() : `The photo was not taken (${request.status}). Open this page again, then add it once more.`;
      const line = told(job, reason, press("Remove it", () => away(job)));
      line.className = "failed";
      line.setAttribute("role", "alert");
    }
  }

  function later(job, why) {
    const wait = WAITS[Math.min(job.tries++, WAITS.length - 1)];
    const again = () => {
      clearTimeout(job.timer);
      removeEventListener("online", again);
      send(job);
    };
    told(job, `${why} We try again by ourselves. It is not sent yet.`, press("Try now", again), " ", press("Remove it", () => { clearTimeout(job.timer); removeEventListener("online", again); away(job); }));
    job.timer = setTimeout(again, wait * 1000);
    addEventListener("online", again);
  }

  function away(job) {
    job.row.remove();
    yours.hidden = !list.children.length;
  }

  addEventListener("beforeunload", (event) => {
    if (sending || waiting.length || list.querySelector("progress")) event.preventDefault();
  });
})();
