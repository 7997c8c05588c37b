// What the page says about the network and about what is saved. "Đã lưu" is said only of what the server has committed.
export function wireStatus(root, { words, outbox, questions }) {
  const part = (name) => root.querySelector(`[data-${name}]`) || document.querySelector(`[data-${name}]`);
  const banner = part("lost"), text = part("lost-text"), saved = part("saved"), summary = part("summary"), lists = part("lists");
  let away = false, timer = 0;

  function network(lost, mood) {
    clearTimeout(timer);
    if (!lost && !away) return;
    away = lost;
    banner.hidden = false;
    banner.classList.toggle("info", !lost);
    say(lost ? words[mood].replace("{n}", outbox.size()) : words[mood === "crowded" ? "calm" : "back"]);
    if (!lost) timer = setTimeout(() => (banner.hidden = true), 4000);
  }

  function say(sentence) {
    if (text.textContent !== sentence) text.textContent = sentence;
  }

  function count() {
    const kept = outbox.size(), open = questions.open(), total = questions.forms.length;
    const stored = total - open.length - questions.forms.filter((form) => outbox.has(Number(form.dataset.place)) && questions.chosen(form).length).length;
    saved.textContent = words.savedCount.replace("{n}", stored);
    const line = questions.flags.size ? words.summaryFlags : words.summary;
    summary.textContent = line.replace("{saved}", stored).replace("{open}", open.length).replace("{flags}", questions.flags.size);
    list("open", open, words.openList);
    list("flags", [...questions.flags].sort((a, b) => a - b), words.flagList);
    lists.querySelector("[data-kept]").hidden = !kept;
    lists.querySelector("[data-kept]").textContent = words.keptList.replace("{n}", kept);
    lists.querySelector("[data-all]").hidden = open.length > 0;
  }

  function list(name, places, title) {
    const box = lists.querySelector(`[data-list=${name}]`);
    box.hidden = !places.length;
    box.querySelector("[data-list-title]").textContent = title.replace("{n}", places.length);
    box.querySelector("ol").replaceChildren(...places.map(link));
  }

  function link(place) {
    const item = document.createElement("li"), anchor = document.createElement("a");
    anchor.href = `?q=${place + 1}`;
    anchor.dataset.go = place + 1;
    anchor.textContent = place + 1;
    anchor.setAttribute("aria-label", `${words.question} ${place + 1}`);
    if (questions.flags.has(place)) anchor.className = "flag";
    item.append(anchor);
    return item;
  }

  return { network, count };
}
