// When the end of the lesson has come onto the screen, the lesson counts as read; the list of conditions shows it.
import { send } from "./send.js";

export function startReading(lesson) {
  const end = lesson.querySelector("[data-end]");
  if (!end) return;
  let underWay = false;
  const watcher = new IntersectionObserver((entries) => {
    if (underWay || !entries.some((entry) => entry.isIntersecting)) return;
    underWay = true;
    send(lesson.dataset.readUrl, {}).then(() => {
      watcher.disconnect();
      const line = lesson.querySelector("[data-rule=read]");
      if (line) line.classList.add("done");
    }).catch(() => { underWay = false; });
  }, { threshold: 0.3 });
  watcher.observe(end);
  window.addEventListener("online", () => { watcher.unobserve(end); watcher.observe(end); });
}
