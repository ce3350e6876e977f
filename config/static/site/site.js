// Comforts only: every page works without this file.

// A summary of errors takes the focus, also where the browser ignores autofocus after an htmx swap.
const focusErrors = (root) => root.querySelector?.(".errors")?.focus();

// <button data-opens="dialog-id"> opens a <dialog>; Escape and <form method="dialog"> close it by themselves.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  for (const open of document.querySelectorAll("details.account[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.account[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// <select data-submits> and friends: a change sends the form, so that the "Show" button may be hidden.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) window.print();
});

// Two quick taps send a form once. The lock opens again when the page comes back from the history.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
focusErrors(document);
