from lms.people.adapters.hashers import PinHasher


class QuickPinHasher(PinHasher):
    """One round: tests sign in hundreds of times."""

    iterations = 1
