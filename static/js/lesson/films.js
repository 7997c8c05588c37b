// Until the tap nothing comes from YouTube; after it, only from its cookie-less host.
export function startFilms(lesson) {
  lesson.querySelectorAll("[data-youtube]").forEach((link) => {
    link.addEventListener("click", (event) => {
      if (!link.dataset.youtube || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const film = document.createElement("iframe");
      film.src = `https://www.youtube-nocookie.com/embed/${link.dataset.youtube}?autoplay=1&hl=vi&cc_load_policy=1`;
      film.title = link.dataset.title;
      film.allow = "autoplay; encrypted-media; fullscreen";
      film.allowFullscreen = true;
      film.referrerPolicy = "strict-origin";
      const frame = document.createElement("div");
      frame.className = "video-frame";
      frame.append(film);
      link.replaceWith(frame);
      film.focus();
    });
  });
}
