// Answers on their way. Each goes into the store as it is sent and stays there until the server has committed it;
// sending again changes nothing. Tries again by itself for as long as the page is open.
import { Later, Refused } from "./door.js";

const REST = [400, 800, 1500, 2200]; // ms between tries; the last one repeats, plus a little chance
const PATIENCE = [4000, 6000, 9000]; // ms for a reply; longer after each silence
const SLOW = 2000; // ms without acknowledgement after which the person is told

export function openOutbox({ door, store, time, on }) {
  const kept = new Map(); // place -> {options, seq}
  let busy = false, again = false, failures = 0, silences = 0, timer = 0, lost = false, crowded = 0, lastSeq = 0;

  function setLost(value) {
    if (value === lost && !value) return;
    lost = value;
    on.network(lost);
  }

  async function flush() {
    clearTimeout(timer);
    if (busy) return void (again = true);
    busy = true;
    again = false;
    const answers = [...kept].map(([place, one]) => ({ place, ...one }));
    const slow = setTimeout(() => setLost(true), SLOW);
    const asked = performance.now();
    try {
      const reply = await door.send(answers, PATIENCE[Math.min(silences, PATIENCE.length - 1)]);
      time.learn(reply.now, asked);
      failures = silences = 0;
      await settle(reply);
      setLost(false);
      crowded = 0;
    } catch (error) {
      if (error instanceof Refused) return void on.refused(error.message);
      crowded = error instanceof Later ? error.seconds : 0;
      silences = error.name === "AbortError" ? silences + 1 : 0;
      failures += 1;
      setLost(true);
    } finally {
      clearTimeout(slow);
      busy = false;
    }
    if (failures) timer = setTimeout(flush, rest());
    else if (again) flush();
  }

  // A crowded server says when to come again; spread out, so that not all come at once.
  function rest() {
    if (crowded) return crowded * 1000 * (1 + Math.random());
    return REST[Math.min(failures, REST.length) - 1] + Math.random() * 300;
  }

  async function settle(reply) {
    for (const [place, seq] of reply.kept) if (release(place, seq)) on.saved(place);
    for (const [place, seq, options] of reply.newer) if (release(place, seq)) on.newer(place, options, seq);
    for (const [place, seq] of reply.late) release(place, seq);
    if (reply.late.length || reply.submitted) on.ended();
  }

  function release(place, seq) {
    const one = kept.get(place);
    if (!one || one.seq > seq) return false;
    kept.delete(place);
    store.drop(place).catch(() => {});
    return true;
  }

  return {
    size: () => kept.size,
    get lost() { return lost; },
    get crowded() { return crowded > 0; },
    has: (place) => kept.has(place),
    flush,
    check: () => (busy ? undefined : flush()), // is the server there?
    hurry() {
      failures = silences = 0;
      door.hurry();
      flush();
    },
    learnSeq: (seq) => (lastSeq = Math.max(lastSeq, seq)),
    put(place, options, started) {
      lastSeq = Math.max(lastSeq + 1, Math.round(time.now() - started));
      const one = { options, seq: lastSeq };
      kept.set(place, one);
      store.put(place, one).catch(() => {}); // begun before the sending, and done even if this page is closed
      flush();
    },
    async recall(place, savedSeq) {
      const one = await store.get(place).catch(() => undefined);
      if (!one) return null;
      if (one.seq <= savedSeq) return void store.drop(place).catch(() => {});
      lastSeq = Math.max(lastSeq, one.seq);
      kept.set(place, one);
      return one;
    },
  };
}
