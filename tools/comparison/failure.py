"""What ends the program with a sentence."""


class Failure(Exception):
    """Nothing can be measured or written; the text says why, in a sentence for people."""


class WrongUse(Failure):
    """The command line makes no sense."""
