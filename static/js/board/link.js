// Keeps a board supplied: a socket while one opens, polling while none does, nothing while nobody looks.
import { askOwn, startPolling } from "./polling.js";
import { openSocket } from "./socket.js";

const LONGEST = 60000;
const TOKEN_LIFE = 8 * 60000; // a little less than the server's (quizzes/live/token.py)

// Between tries: longer each time, never together with everybody else.
function pause(tries) {
  return Math.min(2000 * 2 ** tries, LONGEST) * (0.5 + Math.random());
}

export function keepSupplied({ feed, own, token }, { frame, fresh, link }) {
  let ticket = token;
  let since = Date.now();
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

  function renew(fresh) {
    ticket = fresh;
    since = Date.now();
  }

  function connect() {
    closeSocket = openSocket(ticket, {
      opened() {
        tries = 0;
        quiet();
        fresh();
        link("live");
      },
      frame(message) {
        if (message.t === "token") renew(message.token);
        else frame(message);
      },
      down() {
        closeSocket = null;
        tries += 1;
        poll();
        timer = setTimeout(reconnect, pause(tries));
      },
    });
  }

  // With the ticket at hand while it lasts: when a server starts again, all come back at once and nobody asks a page.
  async function reconnect() {
    if (Date.now() - since > TOKEN_LIFE || tries > 2) {
      const mine = await askOwn(own);
      if (mine) renew(mine.token);
    }
    if (!document.hidden && !closeSocket) connect();
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
