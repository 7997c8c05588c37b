// Rows of a ranking: kept from frame to frame by their key, so that a row that climbs is seen to climb.
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export function fill(row, data) {
  for (const cell of row.querySelectorAll("[data-cell]")) {
    const name = cell.dataset.cell;
    if (!(name in data)) continue;
    if (cell instanceof HTMLProgressElement) cell.value = data[name];
    else if (cell.textContent !== String(data[name])) cell.textContent = data[name];
    if (name === "rank" && cell.closest("[data-people]")) cell.className = data.rank < 4 ? `medal g${data.rank}` : "";
  }
}

// Brings `body` to `list`; `pattern` makes the rows that are new. Hands back the rows by key.
export function arrange(body, pattern, list) {
  const known = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  const before = new Map([...known].map(([key, row]) => [key, row.getBoundingClientRect().top]));
  const rows = new Map();
  list.forEach((data, place) => {
    const row = known.get(data.key) || pattern.content.firstElementChild.cloneNode(true);
    row.dataset.key = data.key;
    if (body.rows[place] !== row) body.insertBefore(row, body.rows[place] || null);
    fill(row, data);
    rows.set(data.key, row);
  });
  for (const [key, row] of known) if (!rows.has(key)) row.remove();
  if (!calm.matches) glide(rows, before);
  return rows;
}

function glide(rows, before) {
  for (const [key, row] of rows) {
    const from = before.get(key);
    const by = from === undefined ? 0 : from - row.getBoundingClientRect().top;
    if (Math.abs(by) > 1) {
      row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 450, easing: "ease-out" });
    }
  }
}

export function mark(row, mine) {
  row.classList.toggle("me", mine);
  const you = row.querySelector("[data-you]");
  if (you) you.hidden = !mine;
}
