// A live board: [data-board] is complete as the server sent it; from here on frames move it (quizzes/live/protocol.py).
import { keepSupplied } from "./link.js";
import { Moves } from "./moves.js";
import { arrange, fill, mark } from "./rows.js";

class Board {
  constructor(root) {
    this.root = root;
    this.people = root.querySelector("[data-people]");
    this.units = root.querySelector("[data-units]");
    this.ownRow = this.people.tFoot.rows[0];
    this.moves = new Moves({ up: root.dataset.up, down: root.dataset.down });
    this.moves.take([...this.people.tBodies[0].rows].map((row) => ({ key: row.dataset.key, rank: Number(row.querySelector('[data-cell="rank"]').textContent) })));
    this.waiting = {};
    this.shown = { version: 0, own: null };
    this.pause = root.querySelector("[data-pause]");
    this.pause.hidden = false;
    this.pause.addEventListener("click", () => this.toggle());
    keepSupplied(root.dataset, {
      frame: (frame) => this.take(frame),
      fresh: () => { this.shown.version = 0; },
      link: (state) => this.link(state),
    });
  }

  get paused() {
    return this.pause.getAttribute("aria-pressed") === "true";
  }

  toggle() {
    this.pause.setAttribute("aria-pressed", String(!this.paused));
    if (!this.paused) for (const frame of Object.values(this.waiting)) this.paint(frame);
    this.waiting = {};
  }

  take(frame) {
    if (frame.t === "beat") return;
    if (this.paused) this.waiting[frame.t] = frame;
    else this.paint(frame);
  }

  paint(frame) {
    if (frame.t === "own") this.paintOwn(frame);
    else if (frame.version >= this.shown.version) this.paintAll(frame);
  }

  paintAll(frame) {
    this.shown.version = frame.version;
    for (const name of ["entrants", "working"]) {
      for (const spot of document.querySelectorAll(`[data-board-text="${name}"]`)) spot.textContent = frame[name];
    }
    for (const chip of this.root.querySelectorAll("[data-state]")) chip.hidden = chip.dataset.state !== frame.state;
    const people = frame.people || [];
    this.moves.take(people);
    this.rows = arrange(this.people.tBodies[0], this.root.querySelector("[data-person-pattern]"), people);
    for (const [key, row] of this.rows) this.moves.show(row, key);
    this.unitRows = arrange(this.units.tBodies[0], this.root.querySelector("[data-unit-pattern]"), frame.units);
    this.people.hidden = !people.length;
    this.units.hidden = !frame.units.length;
    this.show("[data-nobody]", frame.people !== null && !people.length);
    this.show("[data-kept-back]", frame.people === null);
    this.show("[data-no-units]", !frame.units.length);
    if (this.shown.own) this.paintOwn(this.shown.own);
  }

  paintOwn(own) {
    const said = this.shown.own && this.shown.own.row && this.shown.own.row.rank;
    this.shown.own = own;
    const key = own.row && own.row.key;
    for (const row of this.people.tBodies[0].rows) mark(row, row.dataset.key === key);
    for (const row of this.units.tBodies[0].rows) mark(row, Boolean(own.unit) && row.dataset.key === own.unit.key);
    if (own.row) fill(this.ownRow, own.row);
    this.people.tFoot.hidden = !own.row || Boolean(this.people.tBodies[0].querySelector(".me"));
    if (own.row && said !== own.row.rank) this.say(own.row.rank);
    this.show("[data-own-unit]", Boolean(own.unit));
    if (own.unit) fill(this.root.querySelector("[data-own-unit]"), own.unit);
  }

  say(rank) {
    this.root.querySelector("[data-say]").textContent = this.root.dataset.rankText.replace("[n]", rank);
  }

  show(selector, visible) {
    this.root.querySelector(selector).hidden = !visible;
  }

  link(state) {
    for (const line of this.root.querySelectorAll("[data-link]")) line.hidden = line.dataset.link !== state;
  }
}

for (const root of document.querySelectorAll("[data-board]:not([data-over])")) new Board(root);
