"""Below /cms/, before Wagtail's own: its ways in and to a new password lead to ours, which know limits and MFA."""

from urllib.parse import urlencode

from allauth.account import views
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path, re_path, reverse


def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """To the ordinary sign-in page and from there back; who is signed in but no author is led home."""
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


urlpatterns = [
    path("login/", sign_in, name="editor_sign_in"),
    re_path(r"^password_reset/", views.password_reset),
]
