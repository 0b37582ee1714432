// Passkeys. The page holds what the server asks for as JSON; what the browser answers goes into the form's hidden field.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

const asked = ({ publicKey: o }) => ({ publicKey: {
  ...o,
  challenge: bytes(o.challenge),
  ...(o.user && { user: { ...o.user, id: bytes(o.user.id) } }),
  ...(o.excludeCredentials && { excludeCredentials: listed(o.excludeCredentials) }),
  ...(o.allowCredentials && { allowCredentials: listed(o.allowCredentials) }),
} });

const answered = (key) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[name]) response[name] = text(key.response[name]);
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return JSON.stringify({
    id: key.id, rawId: text(key.rawId), type: key.type, response,
    authenticatorAttachment: key.authenticatorAttachment, clientExtensionResults: key.getClientExtensionResults(),
  });
};

const options = async (form) => form.dataset.passkey === "ask"
  ? (await (await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } })).json()).request_options
  : JSON.parse(document.getElementById("passkey-data").textContent)[form.dataset.passkey === "make" ? "creation_options" : "request_options"];

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const told = form.querySelector("[data-told]");
  if (!window.PublicKeyCredential) {
    told.textContent = "This browser has no passkeys. Use another way.";
    told.hidden = false;
    continue;
  }
  form.querySelector("[data-needs-passkeys]").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.hidden = true;
    try {
      const request = asked(await options(form));
      if (form.dataset.passkey === "make")
        Object.assign(request.publicKey.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
      const key = form.dataset.passkey === "make" ? await navigator.credentials.create(request) : await navigator.credentials.get(request);
      form.elements.credential.value = answered(key);
      form.submit();
    } catch (error) {
      told.textContent = error.name === "InvalidStateError" ? "This device already has a passkey for your account." : "That did not work, or it was stopped. Try again, or use another way.";
      told.hidden = false;
      told.focus();
    }
  });
}
