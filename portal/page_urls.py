"""The pages of the installation; they stand in the namespace `portal`."""

from django.urls import URLPattern, path, register_converter

from . import pages


class PageKey:
    """The word in a page's address."""

    regex = "|".join(pages.TITLES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageKey, "page")

urlpatterns: list[URLPattern] = [
    *(path(f"{key}/", pages.page(key), name=key) for key in pages.TITLES),
    path("<page:key>/edit/", pages.page_edit, name="page-edit"),
    path("<page:key>/restore/", pages.page_restore, name="page-restore"),
]
