// One try at a socket. It says once that it opened, hands over frames, and says once that it is down.
const SILENCE = 40000; // the server gives a sign of life every 15 seconds

export function openSocket(token, { opened, frame, down }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}/live/board/?token=${encodeURIComponent(token)}`);
  let over = false;
  let watch = 0;

  function close() {
    over = true;
    clearTimeout(watch);
    socket.close();
  }

  function end() {
    if (over) return;
    close();
    down();
  }

  // A network that swallows everything closes nothing: silence says so.
  function alive() {
    clearTimeout(watch);
    watch = setTimeout(end, SILENCE);
  }

  socket.addEventListener("open", () => {
    if (over) return;
    alive();
    opened();
  });
  socket.addEventListener("message", (event) => {
    if (over) return;
    alive();
    frame(JSON.parse(event.data));
  });
  socket.addEventListener("close", end);
  window.addEventListener("offline", end, { once: true });
  alive();
  return close;
}
