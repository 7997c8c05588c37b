"""A deed that the rules don't allow, with the sentence that tells the person why and what to do."""

from django.utils.functional import Promise


class Refused(Exception):
    def __init__(self, sentence: "str | Promise") -> None:
        super().__init__(sentence)
        self.sentence = sentence
