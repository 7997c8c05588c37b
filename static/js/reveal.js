// <button data-reveal="#id_password" data-show="Hiện" data-hide="Ẩn" hidden>: shows what one types as a password.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const button of unclaimed(root, "[data-reveal]", "Reveal")) {
    const field = document.querySelector(button.dataset.reveal);
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = shown ? button.dataset.show : button.dataset.hide;
      button.setAttribute("aria-pressed", String(!shown));
      field.focus();
    });
  }
}
