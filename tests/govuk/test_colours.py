from hypothesis import given
from hypothesis import strategies as st

from govuk.colours import contrast, readable


@given(st.integers(0, 0xFFFFFF))
def test_white_text_stands_out_on_any_councils_colour(number: int) -> None:
    assert contrast(readable(f"#{number:06x}"), "#ffffff") >= 4.5


def test_a_dark_colour_is_left_as_it_is() -> None:
    assert readable("#005A84") == "#005a84"


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert contrast("#000000", "#ffffff") == 21
