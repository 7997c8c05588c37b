// <p data-passkey-trouble hidden>: shown when a passkey was not made or not given; the scripts of allauth only tell the
// console.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const sentence of unclaimed(root, "[data-passkey-trouble]", "PasskeyTrouble")) {
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      sentence.hidden = false;
      sentence.scrollIntoView({ block: "center" });
    });
  }
}
