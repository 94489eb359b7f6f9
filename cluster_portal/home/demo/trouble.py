"""What goes wrong on someone's machine, said in sentences."""

import errno


class Trouble(Exception):
    """A reason to stop; its text is a sentence for the person at the terminal."""


def explain(error: OSError) -> str:
    """A sentence for an error of the operating system, with the remedy when there is one."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{where}. Free some space and start again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"This user may not write there{where}. Choose another folder with DATA=…"
    return f"The system refused: {error.strerror or error}{where}."
