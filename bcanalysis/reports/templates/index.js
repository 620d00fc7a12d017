(() => {
  "use strict";
  const heads = [...document.querySelectorAll("thead th")];
  const body = document.querySelector("tbody");
  const rows = [...body.rows];
  const filters = document.querySelector("[data-filters]");
  const search = filters.querySelector("input");
  const selects = [...filters.querySelectorAll("select")];
  const alphabet = new Intl.Collator("vi", { numeric: true });
  const sorting = { key: "", down: false };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  const searched = new Map(rows.map((row) => [row, plain(row.textContent)]));

  const columnOf = (key) => heads.findIndex((head) => head.dataset.key && head.dataset.key === key);
  const firstWords = (cell) => cell.firstChild?.textContent ?? "";
  // Statuses and periods name their place themselves, which their words do not tell.
  const place = (row, column) => row.cells[column].dataset.place ?? firstWords(row.cells[column]);

  const asButton = (element) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...element.childNodes);
    element.append(button);
    return button;
  };

  const fill = (select) => {
    const key = select.name;
    const column = columnOf(key);
    const found = new Map();
    for (const row of rows) {
      const value = row.dataset[key];
      // of a report the notebook's name is chosen, not the title
      const [label, order] = key === "report" ? [value, value] : [firstWords(row.cells[column]), place(row, column)];
      if (value && !found.has(value)) found.set(value, { option: new Option(label, value), order });
    }
    const sorted = [...found.values()].sort((one, other) => alphabet.compare(one.order, other.order));
    if (key === "period") sorted.reverse();
    select.append(...sorted.map(({ option }) => option));
    select.parentElement.hidden = sorted.length < 2;
  };

  const filter = () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value);
    for (const row of rows) {
      const fits = chosen.every((select) => row.dataset[select.name] === select.value);
      row.hidden = !(fits && wanted.every((word) => searched.get(row).includes(word)));
    }
    document.querySelector("[data-shown]").textContent = rows.filter((row) => !row.hidden).length;
    for (const [status, button] of counts) button.setAttribute("aria-pressed", String(filters.querySelector("[name=status]").value === status));
  };

  const sort = () => {
    const column = columnOf(sorting.key);
    const sign = sorting.down ? -1 : 1;
    const compare = (one, other) => sign * alphabet.compare(place(one, column), place(other, column));
    body.append(...(column < 0 ? rows : [...rows].sort(compare)));
    heads.forEach((head, position) => {
      if (position === column) head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };

  // What is chosen stands in the address after #, so that it can be reloaded and passed on.
  const read = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of [...selects, search]) {
      field.value = state.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    Object.assign(sorting, { key: state.get("sort") ?? "", down: state.get("order") === "desc" });
    filter();
    sort();
  };

  const write = () => {
    const chosen = [...selects, search].filter((field) => field.value).map((field) => [field.name, field.value]);
    if (sorting.key) chosen.push(["sort", sorting.key], ["order", sorting.down ? "desc" : "asc"]);
    const address = location.href.split("#")[0];
    history.replaceState(null, "", chosen.length ? `${address}#${new URLSearchParams(chosen)}` : address);
  };

  const counts = new Map([...document.querySelectorAll("[data-count-of]")].map((item) => [item.dataset.countOf, asButton(item)]));
  for (const [status, button] of counts) {
    button.addEventListener("click", () => {
      const select = filters.querySelector("[name=status]");
      select.value = select.value === status ? "" : status;
      filter();
      write();
    });
  }
  for (const head of heads.filter((head) => head.dataset.key)) {
    asButton(head).addEventListener("click", () => {
      const { key } = head.dataset;
      Object.assign(sorting, { key, down: sorting.key === key && !sorting.down });
      sort();
      write();
    });
  }
  filters.addEventListener("input", () => {
    filter();
    write();
  });
  filters.querySelector("[data-clear]").addEventListener("click", () => {
    history.replaceState(null, "", location.href.split("#")[0]);
    read();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address keeps what is chosen
    document.querySelector("main").focus();
  });
  window.addEventListener("hashchange", read);
  selects.forEach(fill);
  filters.hidden = false;
  read();
})();
