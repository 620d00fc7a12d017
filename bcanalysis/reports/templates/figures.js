// Each number in a table: an address of its own, and on demand how it came about.
(() => {
  "use strict";
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };
  window.bcanalysis = Object.freeze({ copy });

  const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const wordsOf = (cell) => {
    const shown = cell.cloneNode(true);
    shown.querySelectorAll("sup").forEach((mark) => mark.remove());
    return shown.textContent.trim();
  };
  const addressOf = (id) => `${location.href.split("#")[0]}#${encodeURIComponent(id)}`;

  const origins = new Map(); // from a cell to what is told of it
  let card;

  const fill = (cell) => {
    const row = cell.parentElement;
    const head = cell.closest("table").tHead?.rows[0]?.cells[cell.cellIndex];
    const put = (name, text) => {
      card.querySelector(`[data-${name}]`).textContent = text;
    };
    put("name", [row.querySelector("th") ?? row.cells[0], head].filter((part) => part && part !== cell).map(wordsOf).join(": "));
    put("amount", wordsOf(cell));
    put("exact", new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 17 }).format(cell.dataset.value));
    card.querySelector("[data-exact]").parentElement.hidden = cell.dataset.value === undefined;
    card.querySelector("[data-origin]").replaceChildren(...[...(origins.get(cell)?.children ?? [])].map((line) => line.cloneNode(true)));
    const others = [...row.cells].filter((other) => other !== cell && origins.has(other)).map((other) => origins.get(other));
    const list = card.querySelector("[data-others]");
    list.replaceChildren(...others.flatMap((told) => [told.previousElementSibling.cloneNode(true), told.cloneNode(true)]));
    list.parentElement.hidden = !others.length;
    list.parentElement.open = false;
    put("told", "");
    card.querySelector("[data-link]").href = `#${encodeURIComponent(cell.id)}`;
  };

  const open = (cell) => {
    fill(cell);
    history.replaceState(null, "", addressOf(cell.id));
    card.showModal();
    card.querySelector("[data-name]").focus(); // what it is about comes first
  };

  const startCard = () => {
    card = document.querySelector("dialog[data-figure-card]");
    card.querySelector("[data-close]").addEventListener("click", () => card.close());
    card.addEventListener("click", (event) => {
      if (event.target === card) card.close(); // beside it
    });
    card.querySelector("[data-link]").addEventListener("click", () => card.close());
    card.querySelector("[data-copy-link]").addEventListener("click", async () => {
      const told = card.querySelector("[data-told]");
      told.textContent = (await copy(card.querySelector("[data-link]").href)) ? told.dataset.done : told.dataset.failed;
    });
  };

  // The numbers of a table are one stop of the Tab key; the arrows lead from one to the next.
  const startTable = (table) => {
    const buttons = [...table.querySelectorAll("tbody td.num, tbody td[data-value]")]
      .filter((cell) => /\d/.test(wordsOf(cell)) && cell.parentElement.id && cell.cellIndex > 0)
      .map((cell) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "figure";
        button.tabIndex = -1;
        button.append(...[...cell.childNodes].filter((node) => node.nodeName !== "SUP"));
        cell.prepend(button);
        const head = table.tHead?.rows[0]?.cells[cell.cellIndex];
        const id = `${cell.parentElement.id}--${slug(head ? wordsOf(head) : "") || cell.cellIndex}`;
        cell.id = document.getElementById(id) ? `${id}-${cell.cellIndex}` : id;
        button.addEventListener("click", () => open(cell));
        return button;
      });
    const stopAt = (button) => {
      buttons.forEach((other) => {
        other.tabIndex = other === button ? 0 : -1;
      });
    };
    const stopAtFirst = () => stopAt(buttons.find((button) => !button.closest("tr").hidden));
    stopAtFirst();
    table.addEventListener("rows", stopAtFirst);
    table.addEventListener("keydown", (event) => {
      const step = event.target.matches(".figure") && STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
      let [line, column] = [rows.indexOf(event.target.closest("tr")), event.target.closest("td").cellIndex];
      do {
        line += step[0];
        column += step[1];
      } while (rows[line]?.cells[column] && !rows[line].cells[column].querySelector(".figure"));
      const next = rows[line]?.cells[column]?.querySelector(".figure");
      if (!next) return;
      stopAt(next);
      next.focus();
    });
  };

  const point = () => {
    document.querySelectorAll(".pointed").forEach((cell) => cell.classList.remove("pointed"));
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return; // no address of ours
    }
    const cell = document.getElementById(id);
    if (!cell?.matches("td, tr")) return;
    cell.classList.add("pointed");
    cell.scrollIntoView({ block: "center" });
    cell.querySelector(".figure")?.focus({ preventScroll: true });
  };

  seen.then(() => {
    startCard();
    for (const list of document.querySelectorAll("[data-origins]")) {
      const table = list.parentElement.querySelector("table");
      for (const told of list.querySelectorAll("[data-place]")) {
        const [row, column] = told.dataset.place.split(".").map(Number);
        const cell = table.tBodies[0].rows[row]?.cells[column];
        if (cell) origins.set(cell, told);
      }
    }
    document.querySelectorAll("main table").forEach(startTable);
    if (document.readyState === "complete") point();
    else window.addEventListener("load", point); // the browser itself goes there first
  });
  window.addEventListener("hashchange", point);
})();
