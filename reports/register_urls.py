from django.urls import path

from .views import register

app_name = "register"
urlpatterns = [
    path("", register.register_index, name="register-index"),
    path("<slug:slug>/", register.register, name="register"),
    path("<slug:slug>/feed/", register.register_feed, name="register-feed"),
    path("<slug:slug>/<uuid:pk>/", register.register_issue, name="register-issue"),
    path(
        "<slug:slug>/<uuid:pk>/appendices/<int:place>/",
        register.register_appendix,
        name="register-appendix",
    ),
    path(
        "<slug:slug>/<uuid:pk>/decisions/<uuid:decision>/",
        register.register_decision,
        name="register-decision",
    ),
    path("<slug:slug>/<uuid:pk>/pdf/", register.register_pdf, name="register-pdf"),
]
