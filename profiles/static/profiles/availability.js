// Makes the month quicker than its plain form: a tap says the next part of a day at once, arrow keys walk the
// grid. Without this file the same boxes are marked and a button is pressed. Taps go out one after the other,
// each from what the page then says, so that quick fingers cannot overtake the server.

if (window.htmx) document.body.classList.add("taps");

const taps = [];
let going = false;

function boxes() {
  return [...document.querySelectorAll("#month [data-month-form] input[name=day]")];
}

function box(day) {
  return boxes().find((one) => one.value === day);
}

async function next() {
  if (going) return;
  going = true;
  while (taps.length) {
    const tapped = box(taps.shift());
    if (!tapped) continue;
    const form = tapped.form;
    await window.htmx.ajax("POST", form.action, {
      target: "#month",
      swap: "outerHTML",
      values: { month: form.elements.month.value, day: tapped.value, part: tapped.dataset.next },
    });
    box(tapped.value)?.focus({ preventScroll: true });
  }
  going = false;
}

document.addEventListener("change", (event) => {
  const tapped = event.target;
  if (!window.htmx || !tapped.matches?.("#month input[name=day]")) return;
  tapped.checked = false;
  taps.push(tapped.value);
  next();
});

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("#month input[name=day]")) return;
  const all = boxes();
  const here = all.indexOf(event.target);
  let to = null;
  if (event.key in steps) to = here + steps[event.key];
  else if (event.key === "Home") to = 0;
  else if (event.key === "End") to = all.length - 1;
  if (to === null || !all[to]) return;
  event.preventDefault();
  all[to].focus();
});
