// Talking to the answer door. Every call ends: with the reply, or with an error after a few seconds of silence.
export class Refused extends Error {} // the server understood and won't: trying again is no use

export function openDoor(address, ticket) {
  let current = null;

  async function ask(options, patience) {
    const control = new AbortController();
    current = control;
    const timer = setTimeout(() => control.abort(), patience);
    try {
      const response = await fetch(address, { cache: "no-store", credentials: "omit", signal: control.signal, ...options });
      const reply = await response.json();
      if (response.status >= 400 && response.status < 500 && response.status !== 429) throw new Refused(reply.error);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    send: (answers, patience) =>
      ask(
        {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ ticket, answers }),
        },
        patience,
      ),
    standing: (patience) => ask({ headers: { Authorization: `Attempt ${ticket}` } }, patience),
    hurry: () => current && current.abort(), // the network is back: don't wait for a call that hangs
  };
}
