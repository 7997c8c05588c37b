// Talking to the answer door: over the socket while that works, by a plain request at once when it doesn't. Every call
// ends: with the reply, or with an error after a few seconds of silence.
export class Refused extends Error {} // the server understood and won't: trying again is no use
export class Later extends Error {
  constructor(seconds) {
    super("later");
    this.seconds = seconds;
  }
}
const SOCKET_PATIENCE = 1500; // ms for a reply over the socket: less than what it takes until the person is told

export function openDoor({ address, ticket, socket }) {
  let current = null;

  async function ask(options, patience) {
    const control = new AbortController();
    current = control;
    const timer = setTimeout(() => control.abort(), patience);
    try {
      const response = await fetch(address, { cache: "no-store", credentials: "omit", signal: control.signal, ...options });
      const reply = await response.json();
      if (response.status === 503) throw new Later(reply.retry);
      if (response.status >= 400 && response.status < 500 && response.status !== 429) throw new Refused(reply.error);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  async function send(answers, patience) {
    const reply = socket.ready ? await socket.send(answers, SOCKET_PATIENCE) : null;
    if (!reply) return post(answers, patience);
    if (reply.t === "later") throw new Later(reply.retry);
    if (reply.t === "refused") throw new Refused(reply.error);
    return reply;
  }

  const post = (answers, patience) =>
    ask({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ticket, answers }) }, patience);

  return {
    send,
    standing: (patience) => ask({ headers: { Authorization: `Attempt ${ticket}` } }, patience),
    hurry: () => (socket.hurry(), current && current.abort()), // the network is back: don't wait for a call that hangs
  };
}
