"""The pages of house styles: those to choose from, and a borough's own, piece by piece."""

from django.urls import path

from .views import own_style as own
from .views import style

OWN = (
    ("", own.style_show, "style-show"),
    ("history/", style.style_history, "style-history"),
    ("history/<int:number>/", style.style_version, "style-version"),
    ("remove/", style.style_remove, "style-remove"),
    ("front/", own.style_front, "style-front"),
    ("front/add/", own.style_field_add, "style-field-add"),
    ("front/<slug:field>/", own.style_field_change, "style-field-change"),
    ("sections/", own.style_sections, "style-sections"),
    ("sections/add/", own.style_section_add, "style-section-add"),
    ("sections/<slug:section>/", own.style_section_change, "style-section-change"),
    ("sections/<slug:section>/add/", own.style_part_add, "style-part-add"),
    ("<slug:piece>/", own.style_piece, "style-piece"),
)
urlpatterns = [
    path("reports/style/", style.style_choose, name="style-choose"),
    path("reports/style/<slug:key>/", style.style_sample, name="style-sample"),
    path("reports/style/<slug:key>/pdf/", style.style_pdf, name="style-pdf"),
    path("reports/style/<slug:key>/copy/", style.style_copy, name="style-copy"),
    *(path(f"reports/own-style/<slug:key>/{rest}", view, name=name) for rest, view, name in OWN),
]
