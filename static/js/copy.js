// <button data-copy="#text" data-copied="Đã chép">: copies the text of #text. Zalo's browser has no clipboard
// interface, so the old way is the fallback, and the text stays selected for copying by hand.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const button of unclaimed(root, "[data-copy]", "Copy")) {
    const words = button.innerHTML;
    let timer = 0;
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      if (!(await copied(source))) return;
      button.textContent = button.dataset.copied;
      button.setAttribute("aria-live", "polite");
      clearTimeout(timer);
      timer = setTimeout(() => (button.innerHTML = words), 3000);
    });
  }
}

async function copied(source) {
  const text = "value" in source ? source.value : source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select(source);
    return document.execCommand("copy");
  }
}

function select(source) {
  if (source.select) return source.select();
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  return getSelection().addRange(range);
}
