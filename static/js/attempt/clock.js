// The clock in the bar, by the server's time. Speaks at 10, 5, 1 minutes and 30 seconds, and calls `onEnd` once.
import { words } from "../countdown.js";

const SPOKEN = [600, 300, 60, 30];

export function runClock({ face, voice, time, deadline, onEnd }) {
  let end = deadline, last = Infinity, over = false, timer = 0;

  function beat() {
    const left = Math.max(0, Math.ceil((end - time.now()) / 1000));
    if (left !== last) show(left);
    last = left;
    clearTimeout(timer);
    if (left > 0) return void (timer = setTimeout(beat, document.hidden ? left * 1000 : 200)); // unseen it needn't tick
    if (!over) onEnd();
    over = true;
  }

  function show(left) {
    face.textContent = words(left);
    face.classList.toggle("warn", left <= 300 && left > 60);
    face.classList.toggle("bad", left <= 60);
    const mark = SPOKEN.find((second) => last > second && left <= second && last !== Infinity);
    if (mark) voice.textContent = (mark < 60 ? face.dataset.saySeconds : face.dataset.sayMinutes).replace("{n}", mark < 60 ? mark : mark / 60);
  }

  document.addEventListener("visibilitychange", beat);
  Promise.resolve().then(beat); // once the caller has got its clock
  return { get over() { return over; }, move: (deadline) => (end = deadline) };
}
