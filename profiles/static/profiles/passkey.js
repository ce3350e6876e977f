// Passkeys: the browser asks for the finger or the face, the form carries the answer. Without this file, or in a
// browser that knows no passkeys, the part stays hidden and the other ways in are there.

const part = document.querySelector("[data-passkey]");

const options = async (form) => {
  const given = document.getElementById("passkey-options");
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(`passkey: ${answer.status}`);
  return answer.json();
};

const ask = async (form) => {
  await import(part.dataset.library);
  const said = await options(form);
  const wanted = said.creation_options ?? said.request_options;
  if (said.creation_options) {
    wanted.publicKey.authenticatorSelection = {
      ...wanted.publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return globalThis.webauthnJSON.create(wanted);
  }
  return globalThis.webauthnJSON.get(wanted);
};

if (part && window.PublicKeyCredential && window.isSecureContext) {
  part.hidden = false;
  document.querySelector("[data-no-passkey]")?.setAttribute("hidden", "");
  const form = part.closest("form") ?? part.querySelector("form");
  const trouble = part.querySelector("[data-passkey-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    delete form.dataset.sent; // site.js lets a form go once; this one may be tried again
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      // She pressed "cancel", has no key here, or the browser gave up: all of it is answered the same way.
      trouble.hidden = false;
    }
  });
}
