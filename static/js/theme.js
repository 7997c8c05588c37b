// Light or dark at once, remembered in the cookie that the server reads, so that the next page doesn't flash.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const form of unclaimed(root, "[data-theme-switch]", "Theme")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      choose(event.submitter ? event.submitter.value : opposite());
    });
  }
}

function opposite() {
  return getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "light" : "dark";
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${365 * 24 * 3600}; samesite=lax${secure}`;
  document.querySelector(`[data-theme-switch] [value="${theme === "dark" ? "light" : "dark"}"]`).focus();
}
