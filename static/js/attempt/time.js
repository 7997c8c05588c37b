// The server's time on this page: counted by performance.now(), so the phone's own clock has no say. Each reply of the
// server corrects it; the reply that travelled fastest is trusted most.
export function serverTime(nowAtRender) {
  const navigation = performance.getEntriesByType("navigation")[0];
  let offset = nowAtRender - ((navigation && navigation.responseStart) || performance.now());
  let spread = Infinity;
  return {
    now: () => performance.now() + offset,
    learn(now, asked) {
      const travelled = performance.now() - asked;
      if (travelled > spread + 50) return;
      spread = travelled;
      offset = now - asked - travelled / 2;
    },
    doubt: () => (spread = Infinity), // after sleep: believe the next reply
  };
}
