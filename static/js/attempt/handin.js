// Handing in: first every answer on this phone must be with the server, then the form goes. Without a network it waits.
export function wireHandIn(form, { outbox, onWait, onDone }) {
  const button = form.querySelector("button");
  let wanted = false, sending = false, timeOver = false;

  async function tryNow() {
    if (!wanted || sending || outbox.size()) return;
    sending = true;
    const body = new FormData(form);
    if (timeOver) body.set("time_over", "1"); // nobody pressed: should the organisers have given time, it isn't the end
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "manual", cache: "no-store" });
      const rest = Number(response.headers.get("Retry-After"));
      if (response.type === "opaqueredirect" || response.ok) onDone();
      else if (response.status === 503 && rest) setTimeout(tryNow, rest * 1000 * (1 + Math.random())); // a rush: all is saved
      else HTMLFormElement.prototype.submit.call(form); // let the person see what the server says
    } catch {
      setTimeout(tryNow, 1500);
    } finally {
      sending = false;
    }
  }

  function begin({ byClock = false } = {}) {
    timeOver = byClock && !wanted;
    wanted = true;
    button.setAttribute("aria-busy", "true");
    onWait();
    outbox.flush();
    tryNow();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin();
  });
  return { begin, tryNow, get wanted() { return wanted; } };
}
