"""The versions of this installation, and adding one by its data file."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import SignedInRequest, administrator_view
from boroughs.filling import filled
from papers.uploads import takes_files
from toolkit.actions.versions import add_version
from toolkit.forms import VersionFileForm
from toolkit.forms.added import kept, text_of
from toolkit.models import ToolkitVersion
from toolkit.offered import NotOffered


@administrator_view("GET", "HEAD")
def version_list(request: SignedInRequest) -> HttpResponse:
    versions = ToolkitVersion.objects.select_related("scale").annotate(asks=Count("benchmarks"))
    return render(request, "toolkit/version_list.html", {"versions": versions})


@takes_files
@administrator_view("GET", "HEAD", "POST")
def version_add(request: SignedInRequest) -> HttpResponse:
    """Choose the file, see what it would add, add it: the preview carries the file's text along."""
    if request.method == "POST" and "kept" in request.POST:
        return _add(request)
    form = filled(VersionFileForm, request, files=request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.offered:
        context = {"offered": form.offered, "kept": kept(form.text)}
        return render(request, "toolkit/version_preview.html", context)
    return render(request, "toolkit/version_add.html", {"form": form})


def _add(request: SignedInRequest) -> HttpResponse:
    text = text_of(request.POST["kept"])
    if text is None:
        messages.error(request, "The preview is too old. Choose the file again.")
        return redirect("toolkits:version-add")
    try:
        version = add_version(text=text, by=request.user)
    except NotOffered as why:
        messages.error(request, str(why))
        return redirect("toolkits:version-add")
    messages.success(request, f"{version} was added. Councils can open periods of it.")
    return redirect("toolkits:version-list")
