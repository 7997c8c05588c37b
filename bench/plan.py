"""What the load client is to do: actors, each a list of steps, written as text with tabs between the fields.

actor MS [COOKIE]                   begins MS after the go, or at once if it has a barrier
http LABEL METHOD PATH BODY         a request; $location and $ticket stand for what came before
open PATH · say TEXT                a WebSocket, and a message on it that asks for nothing
ask LABEL ID TEXT                   a message and its reply; "later" is obeyed
join LABEL FRAMES                   until so many frames have come since the socket was opened
watch                               count frames from now on
barrier · at MS · sleep MS          wait for the go; for a moment after it; for a while
close · loop STEPS                  hang up; go back so many steps
"""

import json


class Plan:
    def __init__(self, seconds: float, *, joins: int = 256, settled: bool = False, sent: str = "") -> None:
        self.seconds = seconds
        self.lines = [f"seconds\t{seconds}", f"joins\t{joins}"]
        if settled:
            self.lines.append("settled")
        if sent:
            self.lines.append(f"sent\t{sent}")

    def actor(self, *steps: str, at: float = 0.0, cookie: str = "") -> None:
        """Somebody who begins `at` seconds after the go."""
        self.lines.append(f"actor\t{at * 1000:.3f}\t{cookie}")
        self.lines.extend(steps)

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def http(label: str, method: str, path: str, body: str = "") -> str:
    return f"http\t{label}\t{method}\t{path}\t{body}"


def open_socket(path: str) -> str:
    return f"open\t{path}"


def say(text: str) -> str:
    return f"say\t{text}"


def ask(label: str, number: int, text: str) -> str:
    return f"ask\t{label}\t{number}\t{text}"


def join(label: str, frames: int) -> str:
    return f"join\t{label}\t{frames}"


def at(seconds: float) -> str:
    return f"at\t{round(seconds * 1000)}"


def sleep(seconds: float) -> str:
    return f"sleep\t{round(seconds * 1000)}"


def loop(steps: int) -> str:
    return f"loop\t{steps}"


WATCH, BARRIER, CLOSE = "watch", "barrier", "close"


def answers(number: int, place: int, seq: int, option: str) -> str:
    """One tap, as the page sends it over its socket."""
    given = [{"place": place, "seq": seq, "options": [option]}]
    return json.dumps({"t": "answers", "n": number, "answers": given}, separators=(",", ":"))


def posted(ticket: str, place: int, seq: int, option: str) -> str:
    """The same over HTTP."""
    given = [{"place": place, "seq": seq, "options": [option]}]
    return json.dumps({"ticket": ticket, "answers": given}, separators=(",", ":"))
