// Each table: copy, download, and where it is long, sort and filter.
(() => {
  "use strict";
  const AT_A_GLANCE = 15; // rows that need neither sorting nor a filter
  const MISSING = /^[-–.…·x\s]*$/;
  const NUMBER = /^[-+−]?\d[\d.,\s]*%?$/;
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/; // what a spreadsheet would compute instead of show
  const lang = document.documentElement.lang;
  let alphabet; // of the language: to make it takes longer than all else before the page is seen
  // Excel in Vietnamese parts a list by ";" because its decimals stand behind a comma, Excel in English by ",".
  const [separator, decimal] = lang === "vi" ? [";", ","] : [",", "."];

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  const part = (name) => document.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
  const bodyRows = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
  const shownRows = (table) => bodyRows(table).filter((row) => !row.hidden);
  const nameOf = (table) => table.caption?.textContent ?? table.closest("figure")?.getAttribute("aria-label") ?? document.title;

  const wordsOf = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .mark").forEach((mark) => mark.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const numberOf = (cell) => {
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const text = wordsOf(cell);
    if (!NUMBER.test(text)) return NaN;
    const ungrouped = decimal === "," ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
    return Number(ungrouped.replace("−", "-").replace(/[\s%]/g, ""));
  };
  const fieldOf = (cell) => {
    if (cell.dataset.value !== undefined) return cell.dataset.value.replace(".", decimal);
    const text = wordsOf(cell);
    return FORMULA.test(text) && !NUMBER.test(text) && !MISSING.test(text) ? `'${text}` : text;
  };

  // Cells as rows of texts; a cell that spans others leaves blanks in their places.
  const fieldsOf = (table) => {
    const body = shownRows(table);
    const kinds = new Set(body.flatMap((row) => [...row.cells].filter((cell) => cell.querySelector(".mark")).map((cell) => cell.cellIndex)));
    const grid = [];
    [...(table.tHead?.rows ?? []), ...body].forEach((row, line) => {
      grid[line] ??= [];
      let column = 0;
      for (const cell of row.cells) {
        while (grid[line][column] !== undefined) column += 1;
        for (let down = 0; down < cell.rowSpan; down += 1) {
          for (let along = 0; along < cell.colSpan; along += 1) (grid[line + down] ??= [])[column + along] = "";
        }
        grid[line][column] = fieldOf(cell);
        column += cell.colSpan;
        if (kinds.has(cell.cellIndex)) {
          const named = document.querySelector("template[data-table-tools]").dataset.kind.replace("{name}", grid[line][column - 1]);
          grid[line][column] = cell.closest("thead") ? named : (cell.querySelector(".mark")?.textContent ?? "");
          column += 1;
        }
      }
    });
    return grid;
  };

  const asCsv = (table) => {
    const quoted = (field) => `"${(field ?? "").replaceAll('"', '""')}"`;
    return `\ufeff${fieldsOf(table).map((row) => `${row.map(quoted).join(separator)}\r\n`).join("")}`;
  };
  const asLines = (table) => fieldsOf(table).map((row) => row.join("\t")).join("\n");

  const save = (table) => {
    const link = document.createElement("a");
    link.download = `${nameOf(table).replace(/[\\/:*?"<>|\s]+/g, " ").trim()}.csv`;
    link.href = URL.createObjectURL(new Blob([asCsv(table)], { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const addTools = (table, region) => {
    const tools = part("table-tools");
    const told = tools.querySelector("[role=status]");
    tools.querySelector("[data-copy]").addEventListener("click", async () => {
      told.textContent = (await window.bcanalysis.copy(asLines(table))) ? told.dataset.done : told.dataset.failed;
    });
    tools.querySelector("[data-save]").addEventListener("click", () => save(table));
    region.after(tools);
  };

  const addFilter = (table, region) => {
    const rows = bodyRows(table);
    const searched = new Map(rows.map((row) => [row, plain(row.textContent)]));
    const finder = part("table-finder");
    const told = finder.querySelector("[role=status]");
    const tell = () => {
      told.textContent = told.dataset.told.replace("{shown}", shownRows(table).length).replace("{all}", rows.length);
    };
    finder.querySelector("input").addEventListener("input", (event) => {
      const wanted = plain(event.target.value).split(/\s+/).filter(Boolean);
      for (const row of rows) row.hidden = !wanted.every((word) => searched.get(row).includes(word));
      tell();
      table.dispatchEvent(new Event("rows"));
    });
    tell();
    region.before(finder);
  };

  const addSorting = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const first = bodyRows(table);
    const compare = (column, sign) => (one, other) => {
      alphabet ??= new Intl.Collator(lang, { numeric: true });
      const [left, right] = [one.cells[column], other.cells[column]];
      const [less, more] = [numberOf(left), numberOf(right)];
      if (!isNaN(less) && !isNaN(more)) return sign * (less - more);
      const missing = MISSING.test(wordsOf(left)) - MISSING.test(wordsOf(right)); // what is missing comes last both ways
      return missing || isNaN(less) - isNaN(more) || sign * alphabet.compare(wordsOf(left), wordsOf(right));
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
        const order = next === undefined ? "ascending" : next;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (order) head.setAttribute("aria-sort", order);
        table.tBodies[0].append(...(order ? [...first].sort(compare(column, order === "ascending" ? 1 : -1)) : first));
        table.dispatchEvent(new Event("rows"));
      });
    });
  };

  // A table with cells across several rows or columns has no order of its own that could be changed.
  const isPlain = (table) =>
    table.tBodies.length === 1 && table.tHead?.rows.length === 1 && !table.querySelector("[rowspan], [colspan]") &&
    bodyRows(table).every((row) => row.cells.length === table.tHead.rows[0].cells.length);

  seen.then(() => {
    for (const table of document.querySelectorAll("main table")) {
      const region = table.closest(".scroll");
      if (!region || !bodyRows(table).length) continue;
      if (bodyRows(table).length > AT_A_GLANCE) {
        addFilter(table, region);
        if (isPlain(table)) addSorting(table);
      }
      addTools(table, region);
    }
  });
})();
