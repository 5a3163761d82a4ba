"""Documents made from the code say what the code says."""

from portal import access_table


def test_the_access_document_is_up_to_date() -> None:
    assert access_table.FILE.read_text(encoding="utf-8") == access_table.text(), "Run make docs"
