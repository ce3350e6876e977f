// The casting board, made quicker: it keeps itself up to date, counts who is chosen, and listens to keys.
// Without this file the page has a link to refresh it, and all buttons work.

const root = document.querySelector("[data-board]");
const form = document.getElementById("desk-form");
const KEYS_OFF = "jinzu.board.keys-off";
const rows = () => [...root.querySelectorAll("[data-pick]")].filter((box) => box.offsetParent && !box.disabled);

// -- what is chosen

const count = () => {
  if (!form) return;
  const picked = root.querySelectorAll("[data-pick]:checked").length;
  form.querySelector("[data-picked]").textContent = picked;
  form.classList.toggle("picks--on", picked > 0);
};

const clear = () => {
  for (const box of root.querySelectorAll("[data-pick]:checked, [data-every]:checked")) box.checked = false;
  whole();
};

// A role or a department chosen as a whole: its people are shown as chosen, and the server picks whom an act is about.
const groupOf = (box) => box.closest(box.value.startsWith("dept-") ? ".dept" : ".line");
const whole = () => {
  for (const box of root.querySelectorAll("[data-pick][data-whole]")) {
    box.checked = box.disabled = false;
    delete box.dataset.whole;
  }
  for (const every of root.querySelectorAll("[data-every]:checked")) {
    for (const box of groupOf(every).querySelectorAll(".line > .seats [data-pick]")) {
      box.checked = box.disabled = true;
      box.dataset.whole = "";
    }
  }
  count();
};

const chooseWhole = (selector) => {
  const every = document.activeElement.closest(selector)?.querySelector(
    selector === ".dept" ? ".dept__all [data-every]" : ".line__pick [data-every]",
  );
  if (!every) {
    const alone = selector === ".line" && document.activeElement.closest(".line")?.querySelector("[data-pick]");
    if (alone) alone.checked = !alone.checked;
    count();
    return Boolean(alone);
  }
  every.checked = !every.checked;
  whole();
  every.focus();
  return true;
};

// -- live: only the parts that differ are exchanged, so that nothing flickers and no focus is lost

const seen = new Map();
const partsOf = (tree) => [...tree.querySelectorAll("[data-part]")];
const remember = () => {
  seen.clear();
  for (const part of partsOf(root)) seen.set(part.id, part.outerHTML);
};

const exchange = (old, fresh) => {
  const ticked = "[data-pick]:checked, [data-every]:checked";
  const picked = new Set([...old.querySelectorAll(ticked)].map((box) => box.value));
  const open = new Set([...old.querySelectorAll("details[open]")].map((each) => each.id));
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const at = focused?.value ?? focused?.getAttribute("href");
  seen.set(fresh.id, fresh.outerHTML);
  for (const box of fresh.querySelectorAll("[data-pick], [data-every]")) box.checked = picked.has(box.value);
  for (const each of fresh.querySelectorAll("details")) each.open = open.has(each.id);
  old.replaceWith(fresh);
  if (!focused) return;
  const again = [...fresh.querySelectorAll("input, a, button, summary")];
  const same = again.find((each) => at && (each.value === at || each.getAttribute("href") === at));
  (same ?? again[0])?.focus({ preventScroll: true });
};

const shape = (tree) => partsOf(tree).map((part) => part.id).sort().join();

const patch = (html) => {
  const tree = new DOMParser().parseFromString(html, "text/html");
  const board = tree.getElementById("board");
  const here = document.getElementById("board");
  if (!board || !here) return;
  if (shape(tree) !== shape(here)) {
    // A role came or went: the whole board, with what was open and chosen.
    exchange(here, board);
    remember();
    return;
  }
  here.dataset.every = board.dataset.every;
  for (const fresh of partsOf(tree)) {
    if (seen.get(fresh.id) !== fresh.outerHTML) exchange(document.getElementById(fresh.id), fresh);
  }
};

const ask = async () => {
  const here = document.getElementById("board");
  if (!here) return;
  if (document.visibilityState === "visible") {
    try {
      const address = `${here.dataset.desk}?v=${root.dataset.version}`;
      const answer = await fetch(address, { headers: { "X-Requested-With": "board" }, redirect: "error" });
      if (answer.status === 200) {
        patch(await answer.text());
        root.dataset.version = answer.headers.get("X-Board-Version") ?? "";
        whole();
      } else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
        return; // signed out, or the shoot is gone: the next click says so
      }
    } catch {
      // No network for a moment: the next round tries again.
    }
  }
  setTimeout(ask, Number(document.getElementById("board")?.dataset.every ?? 15000));
};

// -- keys: only while a person of the board has the focus, and only if they are on

const keysOn = () => localStorage.getItem(KEYS_OFF) === null;

const step = (by) => {
  const all = rows();
  const now = all.indexOf(document.activeElement.closest(".seat")?.querySelector("[data-pick]"));
  const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  next?.focus();
  next?.closest(".seat").scrollIntoView({ block: "nearest" });
};

const press = (key) => {
  const button = form?.querySelector(`[data-key="${key}"]`);
  const here = document.activeElement.closest(".seat")?.querySelector("[data-pick]");
  if (!button) return false;
  if (here && !root.querySelector("[data-pick]:checked")) here.checked = true;
  form.requestSubmit(button);
  return true;
};

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const onBoard = root.contains(document.activeElement);
  const typing = document.activeElement.matches("input:not([type=checkbox]), textarea, select");
  if (typing || !keysOn()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "?" && (onBoard || document.activeElement === document.body)) {
    document.getElementById("board-keys")?.showModal();
  } else if (!onBoard && !(document.activeElement === document.body && (key === "j" || key === "k"))) {
    return;
  } else if (key in MOVES) {
    step(MOVES[key]);
  } else if (key === "Escape") {
    clear();
  } else if (key === "a" && chooseWhole(event.shiftKey ? ".dept" : ".line")) {
    // done
  } else if (key === "Enter" && document.activeElement.matches("[data-pick]")) {
    document.activeElement.closest(".seat").querySelector(".seat__name").click();
  } else if (key.length !== 1 || key === " " || !press(key)) {
    return;
  }
  event.preventDefault();
});

const toggle = document.querySelector("[data-keys-on]");
if (toggle) {
  toggle.checked = keysOn();
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
}

if (root) {
  remember();
  root.addEventListener("change", whole);
  window.addEventListener("pageshow", whole);
  whole();
  setTimeout(ask, Number(document.getElementById("board").dataset.every));
}
