// A photo that is here already, cropped or covered: for files that the browser could not draw before they were cleaned.
(() => {
  const form = document.querySelector("[data-cover]");
  if (!form || !HTMLDialogElement.prototype.showModal) return;
  const QUALITY = 0.92, button = form.querySelector("button"), status = form.querySelector("[role=status]");
  form.hidden = false;

  async function drawn() {
    const picture = Object.assign(new Image(), { src: form.dataset.cover });
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.naturalWidth, height: picture.naturalHeight });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas;
  }

  async function cover() {
    const changed = await milium.retouch(await drawn());
    if (!changed) return;
    status.textContent = "Sending";
    const values = new FormData(form);
    values.set("covered", await new Promise((done) => changed.toBlob(done, "image/jpeg", QUALITY)), "photo.jpg");
    const answer = await fetch(location.href, { method: "POST", body: values, redirect: "manual" });
    if (answer.type === "opaqueredirect") { location.assign(form.dataset.after); return; }
    const said = new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
    status.textContent = [422, 503].includes(answer.status) ? said : "The photo was not changed. Open this page again, then try once more.";
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try { await cover(); }
    catch { status.textContent = "The connection was lost, so the photo was not changed. Try again."; }
    finally { button.disabled = false; }
  });
})();
