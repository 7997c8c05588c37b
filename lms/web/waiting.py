"""What the queue before the pages says, in the language of the house: whose page it will be isn't known yet."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext, override

from lms.web.gate import Words


def words() -> Words:
    with override(settings.LANGUAGE_CODE):
        return Words(render_to_string("queue.html"), sentence, gettext("Try again"))


def sentence(place: int, seconds: int) -> str:
    with override(settings.LANGUAGE_CODE):
        if seconds < 90:
            wait = ngettext("about %(n)s second", "about %(n)s seconds", seconds) % {"n": seconds}
        else:
            minutes = -(-seconds // 60)
            wait = ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
        return gettext("You are number %(place)s in the queue: %(wait)s.") % {"place": place, "wait": wait}
