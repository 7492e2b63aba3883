/* Long tables can be searched and sorted. Without this script they are read as they stand. */
(() => {
  "use strict";
  const LONG = 9; // rows from which a search helps
  const WORDS = new Map([["high", 3], ["medium", 2], ["low", 1]]);

  function make(tag, text, settings) {
    const made = document.createElement(tag);
    made.textContent = text;
    return Object.assign(made, settings);
  }

  /* What a cell is sorted by: a number, else its words; blank and unknown come last. */
  function read(row, k) {
    const text = row.cells[k].textContent.trim();
    if (!text || text === "not known") return null;
    if (WORDS.has(text)) return WORDS.get(text);
    const number = text.replace(/^\$|[,%]/g, "");
    return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : text;
  }

  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") return one - other;
    return String(one).localeCompare(String(other), "en", { numeric: true });
  }

  function sort(table, k, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows].map((row) => [read(row, k), row]);
    rows.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null);
      return down ? compare(other, one) : compare(one, other);
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  }

  function search(table, words, said) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...table.tBodies[0].rows];
    let found = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    said.textContent = wanted.length ? `${found} of ${rows.length} rows` : "";
  }

  function equip(region) {
    const table = region.querySelector("table");
    if (table.tBodies[0].rows.length < LONG) return;
    const bar = make("p", "", { className: "search" });
    const label = make("label", "Search these rows: ");
    const said = make("span", "");
    said.setAttribute("role", "status");
    const field = make("input", "", { type: "search", autocomplete: "off" });
    field.addEventListener("input", () => search(table, field.value, said));
    label.append(field);
    bar.append(label, said);
    region.before(bar);
    [...table.tHead.rows[0].cells].forEach((head, k) => {
      const button = make("button", "", { type: "button", className: "sort" });
      button.setAttribute("aria-label", `Sort by ${head.textContent.trim()}`);
      button.addEventListener("click", () => sort(table, k, head));
      head.append(button);
    });
  }

  document.querySelectorAll(".table").forEach(equip);
})();
