// The topmost block on the screen is where the reader is; sent at most every few seconds and when she leaves.
import { send } from "./send.js";

const EVERY = 4000;

export function startPosition(lesson) {
  const parts = Array.from(lesson.querySelectorAll("[data-part]"));
  const seen = new Set();
  let sent = "";
  let timer = 0;

  const current = () => parts.find((part) => seen.has(part));
  const tell = () => {
    timer = 0;
    const part = current();
    const block = part ? part.dataset.part : "";
    if (!block || block === sent) return;
    const before = sent;
    sent = block;
    send(lesson.dataset.positionUrl, { block }).catch(() => { sent = before; });
  };
  const watcher = new IntersectionObserver((entries) => {
    entries.forEach((entry) => (entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target)));
    if (!timer) timer = setTimeout(tell, EVERY);
  }, { rootMargin: "-72px 0px -40% 0px" });

  parts.forEach((part) => watcher.observe(part));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
}
