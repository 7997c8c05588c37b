// Loads a behaviour only where the page asks for it by a data- attribute; each is one small module with start().
const BEHAVIOURS = [
  ["[data-theme-switch]", () => import("./theme.js")],
  ["[data-toasts]", () => import("./toast.js")],
  ["[data-copy]", () => import("./copy.js")],
  ["[data-confirm]", () => import("./confirm.js")],
  ["[data-countdown]", () => import("./countdown.js")],
  ["[data-local-time]", () => import("./local-time.js")],
  ["[data-reveal]", () => import("./reveal.js")],
  ["[data-queue], [data-waiting]", () => import("./queue.js")],
  ["[data-once]", () => import("./once.js")],
  ["[data-passkey-trouble]", () => import("./passkey.js")],
  ["[data-offline]", () => import("./offline.js")],
];

// A page works without any of them, so one that the network lost is no error.
for (const [selector, load] of BEHAVIOURS) {
  if (document.querySelector(selector)) load().then((behaviour) => behaviour.start(document), () => {});
}
