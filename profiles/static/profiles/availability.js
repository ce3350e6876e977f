// Makes the month quicker than its plain form: a tap on a day says at once what the choice above means (a second tap
// takes it back), two taps a whole stretch, and keys walk the grid. Without this file the same boxes are marked and
// a button is pressed. Presses go out one after the other, each from what the page then says, so that quick fingers
// cannot overtake the server.

if (window.htmx) document.body.classList.add("taps");

const waiting = [];
let going = false;
let stretch = null; // null: single days; "": waits for the first day; a day: waits for the last
let meant = null; // what a tap means, kept over the swaps
let here = null; // the day the keys are on

const grid = () => document.getElementById("month");
const boxes = () => [...grid().querySelectorAll("[data-grid] input[name=day]")];
const box = (day) => boxes().find((one) => one.value === day);
const brush = () => grid().querySelector("input[name=part]:checked")?.value ?? "both";

function say(which) {
  const line = grid().querySelector("[data-said]");
  if (line) line.textContent = line.dataset[which];
}

function mark() {
  // One stop for the Tab key: the day one is on, or the first that is open.
  const all = boxes();
  const stop = box(here) ?? all[0];
  for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  const button = grid().querySelector("[data-stretch]");
  button?.setAttribute("aria-pressed", String(stretch !== null));
  if (meant !== null) {
    const kept = [...grid().querySelectorAll("input[name=part]")].find((one) => one.value === meant);
    if (kept) kept.checked = true;
  }
  if (stretch) box(stretch)?.closest("td").classList.add("day--start");
}

async function next() {
  if (going) return;
  going = true;
  while (waiting.length) {
    const press = waiting.shift();
    const form = grid().querySelector("[data-month-form]");
    const values = press.day
      ? { day: press.day, part: box(press.day)?.dataset.part === press.part ? "" : press.part }
      : press;
    await window.htmx.ajax("POST", form.action, {
      target: "#month",
      swap: "outerHTML",
      values: { month: form.elements.month.value, brush: brush(), ...values },
    });
    mark();
    if (press.focus) box(press.focus)?.focus({ preventScroll: true });
  }
  going = false;
}

function tap(day) {
  here = day;
  if (stretch === null) waiting.push({ day, part: brush(), focus: day });
  else if (stretch === "") {
    stretch = day;
    mark();
    say("last");
    return;
  } else {
    const [first, last] = [stretch, day].sort();
    stretch = null;
    waiting.push({ act: "span", first, last, part: brush(), focus: day });
  }
  next();
}

if (window.htmx) {
  mark();

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("#month input[name=part]")) meant = event.target.value;
    if (!event.target.matches?.("#month input[name=day]")) return;
    event.target.checked = false;
    tap(event.target.value);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-stretch]")) return;
    stretch = stretch === null ? "" : null;
    mark();
    if (stretch === "") say("first");
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "month" || grid()) mark();
  });
}

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function shifted(day, by) {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + by);
  return moved.toISOString().slice(0, 10);
}

function ends(day) {
  // Home and End: Monday and Sunday of this week, or the nearest open day.
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { Home: [shifted(day, -weekday), 1], End: [shifted(day, 6 - weekday), -1] };
}

async function turn(by) {
  const link = grid().querySelector(`[data-turn="${by}"]`);
  if (!link) return;
  here = null;
  await window.htmx.ajax("GET", link.href, { target: "#month", swap: "outerHTML" });
  mark();
  const all = boxes();
  (by > 0 ? all[0] : all[all.length - 1])?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("#month input[name=day]")) return;
  const day = event.target.value;
  let to = null;
  if (event.key in steps) {
    // Over locked days to the next open one, never round the corner.
    for (let by = steps[event.key], n = 1; n < 32 && !to; n += 1) to = box(shifted(day, by * n));
  } else if (event.key === "Home" || event.key === "End") {
    let [at, by] = ends(day)[event.key];
    while (!box(at)) at = shifted(at, by);
    to = box(at);
  } else if ((event.key === "PageDown" || event.key === "PageUp") && window.htmx) {
    event.preventDefault();
    turn(event.key === "PageDown" ? 1 : -1);
    return;
  } else return;
  event.preventDefault();
  if (!to) return;
  here = to.value;
  if (window.htmx) mark();
  to.focus();
});
