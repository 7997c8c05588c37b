// <span class="clock" data-countdown="2026-11-22T13:14:37Z" data-now="…server's now…">: counts by the server's clock,
// whatever this device believes. Says the time left aloud at 10, 5, 1 minutes and 30 seconds only.
import { unclaimed } from "./claim.js";

const SPOKEN = [600, 300, 60, 30];

export function start(root) {
  for (const clock of unclaimed(root, "[data-countdown]", "Countdown")) run(clock);
}

function run(clock) {
  const end = Date.parse(clock.dataset.countdown);
  const begun = performance.now();
  const left0 = end - Date.parse(clock.dataset.now || new Date().toISOString());
  const voice = document.querySelector(clock.dataset.voice || "[data-countdown-voice]");
  let last = Infinity;
  const beat = () => {
    if (!clock.isConnected) return;
    const left = Math.max(0, Math.ceil((left0 - (performance.now() - begun)) / 1000));
    clock.textContent = words(left);
    clock.classList.toggle("warn", left <= 300 && left > 60);
    clock.classList.toggle("bad", left <= 60);
    speak(voice, clock, last, left);
    last = left;
    if (left > 0) setTimeout(beat, 250);
    else clock.dispatchEvent(new CustomEvent("countdown:end", { bubbles: true }));
  };
  beat();
}

export function words(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, "0");
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${minutes}:${rest}` : `${minutes}:${rest}`;
}

function speak(voice, clock, before, left) {
  const mark = SPOKEN.find((second) => before > second && left <= second && before !== Infinity);
  if (!voice || !mark) return;
  voice.textContent = (mark < 60 ? clock.dataset.sayseconds : clock.dataset.sayminutes).replace("{n}", mark < 60 ? mark : mark / 60);
}
