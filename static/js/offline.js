// The banner that says the network is gone, and the service worker that answers with a page of ours when it is.
import { unclaimed } from "./claim.js";

export function start(root) {
  for (const banner of unclaimed(root, "[data-offline]", "Offline")) {
    const show = () => (banner.hidden = navigator.onLine);
    window.addEventListener("online", show);
    window.addEventListener("offline", show);
    show();
    const worker = banner.dataset.worker;
    if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {});
  }
}
