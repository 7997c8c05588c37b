// A small POST that outlives the page and never disturbs the reader: what fails is tried again at the next occasion.
export function send(url, values) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" },
    body: new URLSearchParams(values),
  }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.status === 204 ? null : answer.json();
  });
}
