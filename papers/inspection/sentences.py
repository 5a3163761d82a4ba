"""Findings in words."""

from papers.inspection.verdict import Finding

# kind: (one, many); {n} is the number
WORDS = {
    "hidden_sheets": ("1 hidden sheet", "{n} hidden sheets"),
    "very_hidden_sheets": (
        "1 sheet hidden so that Excel does not offer to show it",
        "{n} sheets hidden so that Excel does not offer to show them",
    ),
    "hidden_rows": ("1 hidden row", "{n} hidden rows"),
    "hidden_columns": ("1 hidden column", "{n} hidden columns"),
    "hidden_names": ("1 hidden name for cells", "{n} hidden names for cells"),
    "names_to_hidden": (
        "1 name for cells on a hidden sheet",
        "{n} names for cells on hidden sheets",
    ),
    "pivot_caches": (
        "1 pivot table that keeps a copy of its source data",
        "{n} pivot tables that keep a copy of their source data",
    ),
    "data_models": ("1 data model with its source data", "{n} data models with their source data"),
    "external_links": ("1 link to another file or source", "{n} links to other files or sources"),
    "comments": ("1 comment or note", "{n} comments or notes"),
    "people": ("1 name of a person who commented", "{n} names of people who commented"),
    "tracked_changes": ("1 tracked change", "{n} tracked changes"),
    "hidden_text": ("1 stretch of hidden text", "{n} stretches of hidden text"),
    "hidden_slides": ("1 hidden slide", "{n} hidden slides"),
    "speaker_notes": ("Notes on 1 slide", "Notes on {n} slides"),
    "hidden_objects": ("1 hidden picture or shape", "{n} hidden pictures or shapes"),
    "cropped_pictures": (
        "1 cropped picture, whose cut edges are still in the file",
        "{n} cropped pictures, whose cut edges are still in the file",
    ),
    "embedded_files": ("1 file inside the file", "{n} files inside the file"),
    "custom_data": ("1 set of data of another program", "{n} sets of data of other programs"),
    "document_properties": ("1 document property", "{n} document properties"),
    "earlier_versions": (
        "1 earlier version, still inside the file",
        "{n} earlier versions, still inside the file",
    ),
    "attachments": ("1 attached file", "{n} attached files"),
    "scripts": ("1 script or action that runs by itself", "{n} scripts or actions that run by themselves"),
    "annotations": ("1 comment or marking", "{n} comments or markings"),
    "redactions": (
        "1 redaction that is marked but not carried out",
        "{n} redactions that are marked but not carried out",
    ),
    "layers": ("1 layer that can be hidden", "{n} layers that can be hidden"),
    "form_fields": ("1 form field", "{n} form fields"),
    "invisible_text": (
        "1 page with invisible text, as scanned documents have",
        "{n} pages with invisible text, as scanned documents have",
    ),
    "place_of_picture": ("The place where 1 picture was taken", "The places where {n} pictures were taken"),
    "picture_details": ("1 detail about a picture’s making", "{n} details about pictures’ making"),
    "formulas": ("1 formula", "{n} formulas"),
}  # fmt: skip


def said(finding: Finding) -> str:
    """“35 hidden sheets”, “12 hidden rows: Data, Totals”."""
    one, many = WORDS[finding.kind]
    words = one if finding.count == 1 else many.format(n=f"{finding.count:,}")
    return f"{words}: {finding.where}" if finding.where else words
