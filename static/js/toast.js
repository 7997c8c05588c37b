// Lifts the server's messages to the edge of the screen. Good news leaves by itself; what went wrong stays until closed.
import { unclaimed } from "./claim.js";

const STAYS = 8000;

export function start(root) {
  for (const list of unclaimed(root, "[data-toasts]", "Toast")) {
    for (const notice of list.children) addClose(notice, list.dataset.closeLabel);
    if (![...list.children].some(isBad)) lift(list);
  }
}

function isBad(notice) {
  return notice.classList.contains("bad") || notice.classList.contains("warn");
}

function lift(list) {
  list.classList.add("toasts");
  let timer = setTimeout(() => list.remove(), STAYS);
  for (const hold of ["pointerenter", "focusin"]) list.addEventListener(hold, () => clearTimeout(timer));
  for (const go of ["pointerleave", "focusout"]) {
    list.addEventListener(go, () => {
      clearTimeout(timer);
      timer = setTimeout(() => list.remove(), STAYS);
    });
  }
}

function addClose(notice, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.setAttribute("aria-label", label);
  button.textContent = "✕";
  button.addEventListener("click", () => notice.remove());
  notice.append(button);
}
