// <form data-once>: a second tap on a slow network doesn't send it twice. Coming back by history frees the button.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const form of unclaimed(root, "form[data-once]", "Once")) {
    form.addEventListener("submit", (event) => {
      if (form.getAttribute("aria-busy")) return event.preventDefault();
      form.setAttribute("aria-busy", "true");
      if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
      return undefined;
    });
    window.addEventListener("pageshow", () => free(form));
  }
}

function free(form) {
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
