{% autoescape off %}// Keeps the frame and one page that says the network is gone. Never a page of a person: those always come from the server.
const SHELL = "shell-{{ digest }}";
const OFFLINE = "{% url 'web:offline' %}";
const FILES = [OFFLINE, "{% url 'web:stylesheet' digest %}", "{% static 'icons.svg' %}", "{% static 'mark.svg' %}",
  "{% static 'fonts/be-vietnam-pro-vietnamese-400-normal.woff2' %}", "{% static 'fonts/be-vietnam-pro-latin-400-normal.woff2' %}",
  "{% static 'fonts/be-vietnam-pro-vietnamese-700-normal.woff2' %}", "{% static 'fonts/be-vietnam-pro-latin-700-normal.woff2' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("shell-") && name !== SHELL);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
{% endautoescape %}
