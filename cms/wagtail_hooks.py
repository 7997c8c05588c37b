"""How Wagtail's own screens differ for us."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.engine import roles

UNUSED_MENUS = frozenset({"help", "redirects"})  # Wagtail's manual is English; redirects make themselves


class FirstSteps(Component):  # type: ignore[misc]  # Wagtail has no types
    """What one comes to this desk for; Wagtail's own start page is empty until something waits."""

    order = 50
    template_name = "cms/first_steps.html"


def first_steps(request: HttpRequest, panels: list[Component]) -> None:  # noqa: ARG001  # Wagtail's signature
    panels.append(FirstSteps())


def editor_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/editor.css"))


def hide_unused(request: HttpRequest, items: list[MenuItem]) -> None:
    """Trainers write: reports are for those who approve."""
    approves = request.user.is_superuser or request.user.groups.filter(name=roles.EDITORS).exists()  # type: ignore[union-attr]  # staff only
    hidden = UNUSED_MENUS if approves else UNUSED_MENUS | {"reports"}
    items[:] = [item for item in items if item.name not in hidden]


def to_the_site() -> MenuItem:
    return MenuItem(_("To the site"), "/#main", icon_name="home", order=10_000)  # a bare "/" looks chosen on every page


def import_a_document() -> MenuItem:
    return MenuItem(_("Import a document"), reverse("importer:upload"), icon_name="upload", order=150)


hooks.register("construct_homepage_panels", first_steps)
hooks.register("insert_global_admin_css", editor_style)
hooks.register("construct_main_menu", hide_unused)
hooks.register("construct_settings_menu", hide_unused)
hooks.register("register_admin_menu_item", to_the_site)
hooks.register("register_admin_menu_item", import_a_document)
