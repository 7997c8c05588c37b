// An attempt on the page: taps are saved at once, the network may come and go, the server decides everything.
import { runClock } from "./clock.js";
import { openDoor } from "./door.js";
import { wireHandIn } from "./handin.js";
import { openOutbox } from "./outbox.js";
import { wireQuestions } from "./questions.js";
import { wireStatus } from "./status.js";
import { refuse, resume } from "./resume.js";
import { openSocket } from "./socket.js";
import { openStore } from "./store.js";
import { serverTime } from "./time.js";

async function start(root) {
  const data = root.dataset;
  document.querySelector("[data-offline]")?.remove(); // this page says more about the network
  const words = JSON.parse(document.getElementById("attempt-words").textContent);
  const time = serverTime(Number(data.now));
  const store = await openStore(data.attempt);
  const socket = openSocket({ address: data.socket, ticket: data.ticket, onDoubt: () => outbox.check() });
  const door = openDoor({ address: data.door, ticket: data.ticket, socket });
  const leave = () => location.replace(data.url);
  const outbox = openOutbox({
    door, store, time,
    on: {
      network: (lost) => (status.network(lost, mood()), lost || socket.open()),
      saved: (place) => (questions.state(place, "saved"), changed()),
      newer: (place, options, seq) => (outbox.learnSeq(seq), questions.choose(place, options, "saved"), changed()),
      ended: leave,
      refused: (sentence) => refuse(root, sentence),
    },
  });
  const questions = wireQuestions(root, {
    words,
    onAnswer(place, options) {
      outbox.put(place, options, Number(data.start));
      questions.state(place, "saving");
      changed();
    },
    onMove: (name) => store.put("here", name).catch(() => {}),
  });
  const status = wireStatus(root, { words, outbox, questions });
  const handIn = wireHandIn(root.querySelector("[data-hand-in]"), { outbox, onWait: () => status.network(outbox.lost, mood()), onDone: () => location.replace(data.result) });
  const mood = () => (outbox.crowded ? "crowded" : clock.over ? "lostAtEnd" : handIn.wanted ? "lostHandIn" : outbox.size() ? "lost" : "lostNothing");
  const changed = () => (status.count(), outbox.lost && status.network(true, mood()), handIn.tryNow());

  await recall({ data, store, outbox, questions });
  const clock = runClock({
    face: document.querySelector("[data-clock]"), voice: root.querySelector("[data-voice]"), time,
    deadline: Number(data.deadline),
    onEnd: () => (questions.freeze(true), handIn.begin({ byClock: true })),
  });
  socket.open();
  listen({ root, data, questions, store, outbox, changed, resume: () => resume({ door, time, clock, outbox, questions, leave, changed }) });
  changed();
  outbox.flush();
  data.ready = "yes";
}

async function recall({ data, store, outbox, questions }) {
  for (const form of questions.forms) {
    const place = Number(form.dataset.place), seq = Number(form.dataset.seq);
    outbox.learnSeq(seq);
    const kept = await outbox.recall(place, seq);
    if (kept) questions.choose(place, kept.options, "saving");
    else questions.state(place, questions.chosen(form).length ? "saved" : "");
  }
  for (const place of (await store.get("flags").catch(() => null)) || []) questions.flag(place, true);
  const here = data.asked ? data.here : await store.get("here").catch(() => null);
  questions.go(here || data.here, { focus: false });
}

function listen({ root, data, questions, store, outbox, changed, resume }) {
  root.addEventListener("click", (event) => {
    const flag = event.target.closest("[data-flag]"), link = event.target.closest("a[data-go]");
    if (flag) {
      const place = Number(flag.closest("[data-place]").dataset.place);
      store.put("flags", questions.flag(place, !questions.flags.has(place))).catch(() => {});
      changed();
    }
    if (link) {
      event.preventDefault();
      questions.go(link.dataset.go);
    }
  });
  for (const button of root.querySelectorAll("[data-flag]")) button.hidden = false;
  for (const word of root.querySelectorAll("[data-plain]")) word.remove(); // taps save at once: no button need say so
  window.addEventListener("online", outbox.hurry);
  window.addEventListener("offline", outbox.check);
  window.addEventListener("pageshow", (event) => event.persisted && resume());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && data.ready && resume());
}

const root = document.querySelector("[data-attempt]");
if (root) start(root);
