"""The sentences that the script of an attempt page says, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def attempt_words() -> dict[str, str]:
    """By the names that static/js/attempt/ uses; {n} and the like are filled in there."""
    return {
        "question": pgettext("of a paper", "Question"),
        "saving": _("sending…"),
        "saved": _("saved"),
        "unanswered": pgettext("of a paper", "not answered"),
        "flagged": _("flagged"),
        "savedCount": _("{n} answers saved"),
        "summary": _("{saved} answers saved · {open} questions unanswered."),
        "summaryFlags": _("{saved} answers saved · {open} questions unanswered · {flags} flagged."),
        "openList": _("{n} questions without an answer"),
        "flagList": _("{n} questions flagged"),
        "keptList": _("{n} answers are still on this phone and being sent."),
        "lost": _("No network. {n} answers are kept on this phone and will be sent by themselves. Please go on."),
        "lostNothing": _("No network. Please go on: answers will be kept on this phone and sent by themselves."),
        "lostHandIn": _("No network. {n} answers are kept on this phone. It will all be handed in once you are back."),
        "lostAtEnd": _(
            "The time is over and there is no network. {n} answers are kept on this phone. Leave this open."
        ),
        "crowded": _(
            "The server is busy. {n} answers are kept on this phone and will be sent in a moment. Please go on."
        ),
        "calm": _("The server has time again. Everything is saved."),
        "back": _("The network is back. Everything is saved."),
    }
