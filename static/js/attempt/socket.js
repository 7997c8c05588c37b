// The socket to the answer door: answers go over it while it is open, and when it breaks, or is silent when asked, the
// network or the server is gone and `onDoubt` looks closer. Where sockets don't get through it stays closed.
const ASK_EVERY = 10000;
const ANSWER_WITHIN = 2000;
const OPEN_AGAIN = 5000;

export function openSocket({ address, ticket, onDoubt }) {
  const url = new URL(address, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  let socket = null, ready = false, timer = 0, number = 0, waiting = null;

  function open() {
    if (socket || document.hidden) return;
    clearTimeout(timer);
    try {
      socket = new WebSocket(url);
    } catch {
      return;
    }
    socket.onopen = () => (socket.send(ticket), ask());
    socket.onmessage = (event) => hear(JSON.parse(event.data));
    socket.onclose = close;
  }

  function hear(message) {
    if (message.t === "pong") {
      ready = true;
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(ask, ASK_EVERY);
    } else if (waiting && (message.n === waiting.number || message.n === null)) settle(message);
  }

  function ask() {
    clearTimeout(timer);
    socket.send('{"t":"ping"}');
    timer = setTimeout(close, ANSWER_WITHIN);
  }

  // The reply, or null when there is none within `patience`: then this socket is no good any more.
  function send(answers, patience) {
    return new Promise((resolve) => {
      waiting = { number: ++number, resolve, silence: setTimeout(close, patience) };
      socket.send(JSON.stringify({ t: "answers", n: number, answers }));
    });
  }

  function settle(message) {
    if (!waiting) return;
    clearTimeout(waiting.silence);
    waiting.resolve(message);
    waiting = null;
  }

  function close() {
    if (!socket) return;
    const worked = ready;
    clearTimeout(timer);
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    socket = null;
    ready = false;
    settle(null);
    if (!worked || document.hidden) return;
    timer = setTimeout(open, OPEN_AGAIN + Math.random() * OPEN_AGAIN);
    onDoubt();
  }

  // In the background it costs nothing: it is asked again when somebody looks.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return void (ready && clearTimeout(timer));
    if (ready) ask();
    else open();
  });
  return { open, send, get ready() { return ready; }, hurry: () => waiting && close() };
}
