"""Which benchmarks an action serves, of each version of the toolkit."""

from typing import Any

from django import forms

from govuk.forms import Checkboxes
from toolkit.models import Benchmark, ToolkitVersion


class ServedForm(forms.Form):
    """One question a version."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.benchmarks: dict[str, Benchmark] = {}
        for version in ToolkitVersion.objects.prefetch_related("benchmarks__version"):
            rows = list(version.benchmarks.all())
            self.benchmarks |= {str(row.pk): row for row in rows}
            self.fields[f"version_{version.key}"] = forms.MultipleChoiceField(
                label=str(version),
                choices=[(str(row.pk), str(row)) for row in rows],
                required=False,
                widget=Checkboxes(),
            )

    def offer(self, served: set[int]) -> None:
        """What is served now, as the initial answers."""
        for name in self.fields:
            key = name.removeprefix("version_")
            own = [row.pk for row in self.benchmarks.values() if row.version.key == key]
            self.initial[name] = [str(pk) for pk in own if pk in served]

    @property
    def chosen(self) -> list[Benchmark]:
        return [self.benchmarks[key] for keys in self.cleaned_data.values() for key in keys]
