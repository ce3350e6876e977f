// A queue by keyboard: j and k go, a and r decide. Without this file the same forms work by mouse, touch and Tab.
const items = [...document.querySelectorAll("[data-queue] > li")];
let at = -1;

function go(step) {
  at = Math.min(Math.max(at + step, 0), items.length - 1);
  items.forEach((item, place) => item.toggleAttribute("data-here", place === at));
  items[at].focus({ preventScroll: true });
  items[at].scrollIntoView({ block: "nearest" });
}

function decide(key) {
  const item = items[Math.max(at, 0)];
  const button = item.querySelector(`[data-key="${key}"]`);
  const reason = item.querySelector("textarea");
  const needed = key === "r" || reason.dataset.always !== undefined;
  if (needed && !reason.value.trim()) {
    at = Math.max(at, 0);
    reason.focus();
    return;
  }
  button.click();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (typing) {
    // Escape leaves the reason; Ctrl+Enter or Cmd+Enter sends it as a refusal.
    if (event.key === "Escape" && at >= 0) items[at].focus();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.closest("form")?.querySelector('[data-key="r"]')?.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !items.length) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "a" || event.key === "r") decide(event.key);
  else return;
  event.preventDefault();
});

if (items.length && location.hash.startsWith("#item-")) {
  at = items.findIndex((item) => `#${item.id}` === location.hash);
  if (at >= 0) go(0);
}
