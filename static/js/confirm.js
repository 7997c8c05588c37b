// <button data-confirm="#dialog-id">: asks in the page's own <dialog> before its form is sent. A dialog is
// components/confirm.html; its [data-yes] button sends the form, [data-no] and Escape leave things as they are.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const button of unclaimed(root, "[data-confirm]", "Confirm")) {
    const dialog = document.querySelector(button.dataset.confirm);
    if (!dialog || !dialog.showModal) continue;
    button.addEventListener("click", (event) => {
      if (button.dataset.sure) return;
      event.preventDefault();
      ask(dialog, button);
    });
  }
}

function ask(dialog, button) {
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    button.focus();
    if (dialog.returnValue !== "yes") return;
    button.dataset.sure = "1";
    button.click();
    delete button.dataset.sure;
  }, { once: true });
  dialog.showModal();
}
