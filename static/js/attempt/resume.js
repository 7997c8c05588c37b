// Back from sleep, another tab or another phone: ask the server for the time, the deadline and what it has.
export async function resume({ door, time, clock, outbox, questions, leave, changed }) {
  time.doubt();
  const asked = performance.now();
  let standing;
  try {
    standing = await door.standing(4000);
  } catch {
    return outbox.check();
  }
  time.learn(standing.now, asked);
  clock.move(standing.deadline);
  if (standing.submitted) return leave();
  for (const [place, seq, options] of standing.answers) {
    outbox.learnSeq(seq);
    if (!outbox.has(place)) questions.choose(place, options, "saved");
  }
  changed();
  return outbox.size() ? outbox.hurry() : undefined;
}

// The server won't take what this page sends: say so, with a way out.
export function refuse(root, sentence) {
  const box = root.querySelector("[data-refused]");
  box.hidden = false;
  box.querySelector("[data-refused-text]").textContent = sentence;
  box.scrollIntoView();
}
