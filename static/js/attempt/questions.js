// The questions on the page: which one is in view, what is chosen, what is flagged, and the overview of all.
export function wireQuestions(root, { words, onAnswer, onMove }) {
  const forms = [...root.querySelectorAll("[data-place]")];
  const panes = { review: root.querySelector("[data-review]") };
  const steps = [...root.querySelectorAll("[data-steps] [data-go]")];
  const flags = new Set();
  const oneByOne = root.dataset.layout === "one";
  for (const form of forms) panes[Number(form.dataset.place) + 1] = form;

  const chosen = (form) => [...form.querySelectorAll("input[name=options]:checked")].map((input) => input.value);

  function mark(form, state) {
    const labels = [...form.querySelectorAll(".answer")];
    for (const label of labels) {
      const on = label.querySelector("input").checked;
      label.classList.toggle("on", on);
      const chip = label.querySelector(".chip");
      if (chip && (!on || !state)) chip.remove();
      else if (chip) chip.textContent = words[state];
      else if (on && state) label.append(chipOf(words[state]));
    }
    form.dataset.state = state;
    overview();
  }

  function overview(here = root.dataset.here) {
    root.dataset.here = here;
    steps.forEach((step, place) => {
      const form = forms[place];
      const done = chosen(form).length > 0;
      step.className = [done && "done", flags.has(place) && "flag", String(place + 1) === here && "here"].filter(Boolean).join(" ");
      const says = [`${words.question} ${place + 1}`, done ? words[form.dataset.state || "saved"] : words.unanswered];
      if (flags.has(place)) says.push(words.flagged);
      step.setAttribute("aria-label", says.join(", "));
      if (String(place + 1) === here) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
  }

  function go(target, { focus = true } = {}) {
    const name = panes[target] ? String(target) : "1";
    if (oneByOne || name === "review") for (const [key, pane] of Object.entries(panes)) pane.hidden = key !== name;
    else for (const [key, pane] of Object.entries(panes)) pane.hidden = key === "review";
    overview(name);
    where(name);
    history.replaceState(null, "", `?q=${name}`);
    onMove(name);
    if (!focus) return;
    panes[name].querySelector("[data-title]").focus({ preventScroll: true });
    panes[name].scrollIntoView({ block: oneByOne ? "nearest" : "start" });
    if (oneByOne) window.scrollTo(0, 0);
  }

  function where(name) {
    const chip = root.querySelector("[data-where]");
    if (!chip) return;
    chip.hidden = name === "review";
    chip.querySelector("[data-number]").textContent = name;
  }

  function flag(place, value) {
    if (value) flags.add(place);
    else flags.delete(place);
    const button = forms[place].querySelector("[data-flag]");
    if (button) button.setAttribute("aria-pressed", String(value));
    overview();
    return [...flags];
  }

  for (const form of forms) {
    const place = Number(form.dataset.place);
    form.addEventListener("change", () => onAnswer(place, chosen(form)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(event.submitter ? event.submitter.value : place + 2);
    });
  }

  return {
    forms, flags, flag, go, overview, chosen,
    state: (place, state) => mark(forms[place], state),
    choose(place, options, state) {
      for (const input of forms[place].querySelectorAll("input[name=options]")) input.checked = options.includes(input.value);
      mark(forms[place], state);
    },
    freeze: (value) => forms.forEach((form) => (form.querySelector("fieldset").disabled = value)),
    answered: () => forms.filter((form) => chosen(form).length).length,
    open: () => forms.filter((form) => !chosen(form).length).map((form) => Number(form.dataset.place)),
  };
}

function chipOf(text) {
  const chip = document.createElement("span");
  chip.className = "chip info";
  chip.textContent = text;
  return chip;
}
