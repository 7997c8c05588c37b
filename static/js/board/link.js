// Keeps a board supplied: a socket while one opens, polling while none does, nothing while nobody looks.
import { askOwn, startPolling } from "./polling.js";
import { openSocket } from "./socket.js";

const LONGEST = 60000;

// Between tries: longer each time, never together with everybody else.
function pause(tries) {
  return Math.min(2000 * 2 ** tries, LONGEST) * (0.5 + Math.random());
}

export function keepSupplied({ feed, own, token }, { frame, fresh, link }) {
  let ticket = token;
  let tries = 0;
  let closeSocket = null;
  let stopPolling = null;
  let timer = 0;

  function poll() {
    stopPolling = stopPolling || startPolling({ feed, own, frame, reached: (well) => link(well ? "polling" : "lost") });
  }

  function quiet() {
    if (stopPolling) stopPolling();
    stopPolling = null;
  }

  function connect() {
    closeSocket = openSocket(ticket, {
      opened() {
        tries = 0;
        quiet();
        fresh();
        link("live");
      },
      frame,
      down() {
        closeSocket = null;
        tries += 1;
        poll();
        timer = setTimeout(reconnect, pause(tries));
      },
    });
  }

  // The ticket may be too old by now; whoever hands out a new one also tells where one stands.
  async function reconnect() {
    const mine = await askOwn(own);
    if (document.hidden) return;
    if (mine) ticket = mine.token;
    connect();
  }

  function sleep() {
    clearTimeout(timer);
    if (closeSocket) closeSocket();
    closeSocket = null;
    quiet();
  }

  document.addEventListener("visibilitychange", () => {
    sleep();
    if (!document.hidden) reconnect();
  });
  window.addEventListener("online", () => {
    sleep();
    if (!document.hidden) reconnect();
  });
  window.addEventListener("pagehide", sleep);
  window.addEventListener("pageshow", (event) => event.persisted && reconnect());
  if (!document.hidden) connect();
}
