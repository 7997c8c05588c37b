// The board over plain HTTP, for networks that let no socket through. Asks for what is new only (ETag), and by an
// address that is the same for all, so that a CDN may answer.
const EVERY = 4000;

export function startPolling({ feed, own, frame, reached }) {
  let etag = "";
  let timer = 0;
  let stopped = false;

  async function ask() {
    try {
      const answer = await fetch(feed, { cache: "no-store", credentials: "omit", headers: etag ? { "If-None-Match": etag } : {} });
      if (stopped) return;
      reached(answer.ok || answer.status === 304);
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") || "";
        frame(await answer.json());
        const mine = await askOwn(own);
        if (mine && !stopped) frame(mine.own);
      }
    } catch (error) {
      if (!stopped) reached(false);
    }
    if (!stopped) timer = setTimeout(ask, EVERY * (0.75 + Math.random() / 2));
  }

  timer = setTimeout(ask, 1500 * Math.random()); // where a server went away, everybody comes at the same moment
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

// The own frame with a fresh ticket for a socket; null when nobody answers or nobody is signed in.
export async function askOwn(own) {
  try {
    const answer = await fetch(own, { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch (error) {
    return null;
  }
}
