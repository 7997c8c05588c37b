"""Addresses of pages: Wagtail keeps `url_path` from the root of its tree, readers know it from the home page."""

HOME_SLUG = "ben-hoc"
_ROOT = f"/{HOME_SLUG}/"


def address_of(url_path: str) -> str:
    """ "/ben-hoc/courses/" -> "/courses/"."""
    return f"/{url_path.removeprefix(_ROOT)}"


def way_to(path: str) -> list[str]:
    """Every `url_path` on the way from the home page to the asked "courses/x/": three for this one."""
    steps = [step for step in path.split("/") if step]
    return [_ROOT + "".join(f"{step}/" for step in steps[:end]) for end in range(len(steps) + 1)]
