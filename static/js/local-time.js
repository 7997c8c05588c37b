// <time data-local-time datetime="…">: "còn 2 giờ 14 phút" made by the server is kept true while the page stays open.
// The sentences come from the page: data-days="còn {d} ngày {h} giờ" data-hours="còn {h} giờ {m} phút" data-minutes="còn {m} phút" data-over="đã hết giờ".
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const element of unclaimed(root, "[data-local-time]", "LocalTime")) {
    const end = Date.parse(element.getAttribute("datetime"));
    const show = () => {
      if (!element.isConnected) return;
      element.textContent = sentence(element.dataset, end - Date.now());
      setTimeout(show, 20000);
    };
    setTimeout(show, 20000);
  }
}

function sentence(texts, left) {
  const minutes = Math.floor(left / 60000);
  if (minutes < 0) return texts.over;
  const parts = { d: Math.floor(minutes / 1440), h: Math.floor(minutes / 60) % 24, m: minutes % 60 };
  const form = parts.d ? texts.days : parts.h ? texts.hours : texts.minutes;
  return form.replace(/\{([dhm])\}/g, (_, letter) => parts[letter]);
}
