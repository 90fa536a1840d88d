"""Where programs are."""

import os
import shutil


def find(name: str) -> str | None:
    """The path of a program. Looks also where Debian has its servers, which is not in everybody's
    PATH."""
    return shutil.which(name, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin")
