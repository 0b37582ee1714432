// Asks the browser for permission only when the button is pressed; without push the form stays hidden.
"use strict";
(() => {
  const form = document.querySelector("form.push");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  form.hidden = false;
  const button = form.querySelector("button"), status = form.querySelector("[role=status]");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const subscribe = async () => {
    if (await Notification.requestPermission() !== "granted") return "This browser does not allow messages from here.";
    await navigator.serviceWorker.register(form.dataset.worker);
    const worker = await navigator.serviceWorker.ready;
    const made = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) })).toJSON();
    const body = new FormData(form);
    body.set("endpoint", made.endpoint);
    body.set("p256dh", made.keys.p256dh);
    body.set("auth", made.keys.auth);
    const answer = await fetch(form.action, { method: "POST", body });
    return answer.ok ? "You will be told here." : await answer.text();
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "…";
    try { status.textContent = await subscribe(); }
    catch { status.textContent = "This did not work. Use e-mail, or try again."; }
    button.disabled = false;
  });
})();
