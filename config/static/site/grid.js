// The role grid by keyboard: Enter and the arrows walk a column, Escape takes a cell back, Ctrl S saves.
const grid = document.querySelector("[data-grid]");

const column = (cell) => [...grid.querySelectorAll(`[data-col="${cell.dataset.col}"]:not(:disabled)`)];

const walk = (cell, step) => {
  const cells = column(cell);
  const next = cells[cells.indexOf(cell) + step];
  if (!next) return false;
  next.focus();
  next.select?.();
  return true;
};

// A list of 200 names hangs on a cell only while it is written in: as an attribute of all, it slows the page down.
grid?.addEventListener("focusin", ({ target }) => {
  if (target.dataset.list) target.setAttribute("list", target.dataset.list);
});

const changed = (cell) =>
  cell.type === "checkbox"
    ? cell.checked !== cell.defaultChecked
    : cell.tagName === "SELECT"
      ? ![...cell.options].every((option) => option.selected === option.defaultSelected)
      : cell.value !== cell.defaultValue;

const mark = (cell) => cell.closest(".cell, .budget")?.classList.toggle("cell--changed", changed(cell));

grid?.addEventListener("input", ({ target }) => mark(target));
grid?.addEventListener("change", ({ target }) => mark(target));

grid?.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    grid.requestSubmit();
    return;
  }
  if (!cell.dataset?.col || event.isComposing) return;
  if (event.key === "Enter") {
    // Enter in the last cell of a column must not send the form unasked.
    event.preventDefault();
    walk(cell, event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape" && changed(cell)) {
    if (cell.type === "checkbox") cell.checked = cell.defaultChecked;
    else if (cell.tagName === "SELECT") for (const option of cell.options) option.selected = option.defaultSelected;
    else cell.value = cell.defaultValue;
    mark(cell);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && cell.type === "text" && !event.altKey) {
    if (walk(cell, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.altKey && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    const row = [...(cell.closest(".roles-grid__row")?.querySelectorAll("[data-col]") ?? [])];
    const next = row[row.indexOf(cell) + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

// Rows that were not touched need not travel: what is left out is left alone.
grid?.addEventListener("formdata", ({ formData }) => {
  for (const row of grid.querySelectorAll(".roles-grid__row:not(.roles-grid__row--new)")) {
    const inputs = [...row.querySelectorAll("[data-col]")];
    if (inputs.some(changed) || row.querySelector(".cell--wrong")) continue;
    const number = row.querySelector("[name=row]").value;
    const rest = formData.getAll("row").filter((each) => each !== number);
    formData.delete("row");
    for (const each of rest) formData.append("row", each);
    for (const input of [...inputs, ...row.querySelectorAll("[type=hidden]:not([name=row])")]) formData.delete(input.name);
  }
});
