// A silent socket to the server. When it breaks, or doesn't answer a question now and then, something is wrong and
// `onDoubt` looks closer. Where sockets don't get through at all it stays silent: then each answer is the test.
const ASK_EVERY = 10000;
const ANSWER_WITHIN = 2000;
const OPEN_AGAIN = 5000;

export function openPulse({ address, ticket, onDoubt }) {
  const url = new URL(address, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  let socket = null, worked = false, timer = 0, answered = true;

  function open() {
    if (socket) return;
    clearTimeout(timer);
    try {
      socket = new WebSocket(url);
    } catch {
      return;
    }
    socket.onopen = () => {
      worked = true;
      answered = true;
      socket.send(ticket);
      timer = setTimeout(ask, ASK_EVERY);
    };
    socket.onmessage = () => (answered = true);
    socket.onclose = close;
  }

  function ask() {
    answered = false;
    socket.send("?");
    timer = setTimeout(() => {
      if (!answered) return socket.close(), close();
      timer = setTimeout(ask, ASK_EVERY - ANSWER_WITHIN);
    }, ANSWER_WITHIN);
  }

  function close() {
    if (!socket) return;
    clearTimeout(timer);
    socket.onclose = null;
    socket = null;
    if (worked) onDoubt();
    if (worked) timer = setTimeout(open, OPEN_AGAIN + Math.random() * OPEN_AGAIN);
    worked = false;
  }

  open();
  return { open };
}
