"""Text messages leave through one door. The default only writes them to the log, so nothing is sent by accident."""

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


class Sender(Protocol):
    def send(self, phone: str, text: str) -> None:
        """Hand `text` to the operator for `phone` (ten digits)."""


class ConsoleSender:
    """For development and for federations without a contract with an operator."""

    def send(self, phone: str, text: str) -> None:
        log.warning("SMS to %s: %s", phone, text)


def sender() -> Sender:
    """The sender that SMS_SENDER names."""
    return import_string(settings.SMS_SENDER)()  # type: ignore[no-any-return]  # the setting's promise
