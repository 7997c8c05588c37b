// ▲▼ beside a row for a minute after it moved, in words for who listens.
const SHOWN = 60000;

export class Moves {
  constructor(words) {
    this.words = words;
    this.ranks = null;
    this.moves = new Map();
  }

  // Takes the ranks of a new frame; the first one only sets where everybody stands.
  take(people) {
    const now = Date.now();
    const before = this.ranks;
    this.ranks = new Map(people.map((row) => [row.key, row.rank]));
    for (const [key, move] of this.moves) if (now - move.at > SHOWN) this.moves.delete(key);
    if (!before) return;
    for (const [key, rank] of this.ranks) {
      const by = before.has(key) ? before.get(key) - rank : 0;
      if (by) this.moves.set(key, { by, at: now });
    }
  }

  show(row, key) {
    const cell = row.querySelector('[data-cell="move"]');
    const move = this.moves.get(key);
    row.classList.toggle("moved", Boolean(move) && Date.now() - move.at < 3000);
    cell.replaceChildren(...(move ? this.signs(move.by) : [part("–", "muted", true)]));
  }

  signs(by) {
    const count = Math.abs(by);
    const words = (by > 0 ? this.words.up : this.words.down).replace("[n]", count);
    return [part(`${by > 0 ? "▲" : "▼"}${count}`, by > 0 ? "up" : "down", true), part(words, "sr-only", false)];
  }
}

function part(text, className, decoration) {
  const span = document.createElement("span");
  span.textContent = text;
  span.className = className;
  if (decoration) span.setAttribute("aria-hidden", "true");
  return span;
}
