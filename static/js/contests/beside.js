// <form data-beside="/contests/preview/">: after each change the rules text beside the form is asked for again.
// Without it the page shows the text as of the last button pressed.
const WAIT = 400;

for (const form of document.querySelectorAll("[data-beside]")) {
  const place = document.querySelector("[data-beside-text]");
  let timer = 0;
  let newest = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => renew(form, place, ++newest, () => newest), WAIT);
  });
}

async function renew(form, place, number, newest) {
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.beside, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const text = await answer.text();
    if (answer.ok && number === newest()) place.innerHTML = text;
  } catch {
    // No network: the text stays as it was; the form itself still works.
  }
  place.removeAttribute("aria-busy");
}
