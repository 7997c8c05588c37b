// A place in the queue. <form data-queue="/queue/">: asks before it is sent, so that nothing typed is lost, and goes
// when its turn has come. [data-waiting]: the waiting page itself. Asks as seldom as the server says.
import { unclaimed } from "./claim.js";

const MARGIN = 1500; // ms on top, by chance: a rush must not come back as one

export function start(root) {
  for (const form of unclaimed(root, "form[data-queue]", "Queue")) form.addEventListener("submit", (event) => hold(event, form));
  for (const page of unclaimed(root, "[data-waiting]", "Waiting")) {
    const line = page.querySelector("[data-place]"), way = page.querySelector("[data-way]");
    const address = page.dataset.waiting + (way.matches("form") ? "?start" : "");
    setTimeout(() => wait(address, (text) => (line.textContent = text), () => goOn(way)), later(page.dataset.again));
  }
}

function hold(event, form) {
  event.preventDefault();
  if (form.dataset.waits) return;
  form.dataset.waits = "yes";
  wait(form.dataset.queue, (text) => say(form, text), () => HTMLFormElement.prototype.submit.call(form));
}

async function wait(address, tell, go) {
  let reply = { go: false, again: 2 }; // no network, or a server that starts again: the place is kept
  try {
    const response = await fetch(address, { cache: "no-store" });
    reply = await response.json().catch(() => ({ go: true })); // nobody there who keeps a queue
  } catch {
    // asked again below
  }
  if (reply.go) return seen(go);
  if (reply.text) tell(reply.text);
  setTimeout(() => wait(address, tell, go), later(reply.again));
}

const later = (seconds) => Number(seconds) * 1000 + Math.random() * MARGIN;

// A clock may start with the next page: not while nobody looks.
function seen(go) {
  if (document.visibilityState === "visible") return go();
  document.addEventListener("visibilitychange", () => seen(go), { once: true });
}

function goOn(way) {
  if (way.matches("form")) HTMLFormElement.prototype.submit.call(way);
  else location.replace(way.href);
}

function say(form, text) {
  let line = form.querySelector("[data-place]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "notice" });
    line.setAttribute("role", "status");
    line.dataset.place = "";
    form.append(line);
  }
  line.textContent = text;
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-waits]").forEach((form) => delete form.dataset.waits));
