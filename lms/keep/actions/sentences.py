"""Refusals as sentences for the person who runs the server."""


class Refused(Exception):
    """The sentence says what is wrong and what to do; nothing was changed."""
