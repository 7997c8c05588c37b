// A lesson in the page: remembers the block being read, tells when the end was reached, starts films on a tap.
import { startPosition } from "./position.js";
import { startReading } from "./reading.js";
import { startFilms } from "./films.js";

const lesson = document.querySelector("[data-lesson]");
if (lesson) {
  startFilms(lesson);
  if (lesson.dataset.positionUrl) startPosition(lesson);
  if (lesson.dataset.readUrl) startReading(lesson);
}
