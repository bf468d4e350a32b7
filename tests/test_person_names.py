"""Names are told apart where the text leaves no choice, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.person_names import split


@pytest.mark.parametrize(
    ("text", "names", "more"),
    [
        ("Tri Dao", ["Tri Dao"], False),
        ("Tri Dao, Daniel Y. Fu, Christopher Ré", ["Tri Dao", "Daniel Y. Fu", "Christopher Ré"], False),
        ("A. Vaswani, N. Shazeer, and I. Polosukhin", ["A. Vaswani", "N. Shazeer", "I. Polosukhin"], False),
        ("A. Vaswani & N. Shazeer", ["A. Vaswani", "N. Shazeer"], False),
        ("Vaswani and Shazeer", ["Vaswani", "Shazeer"], False),
        ("Vaswani et al.", ["Vaswani"], True),
        ("Vaswani, et al", ["Vaswani"], True),
        ("Tri Dao, Daniel Fu, et. al.", ["Tri Dao", "Daniel Fu"], True),
        ("Tri Dao and others", ["Tri Dao"], True),
        ("Dao, Tri; Fu, Daniel Y.", ["Dao, Tri", "Fu, Daniel Y."], False),
        ("Dao, Tri; and Fu, Daniel", ["Dao, Tri", "Fu, Daniel"], False),
        ("张三、李四等", ["张三", "李四"], True),
        ("Ludwig van Beethoven, Di Wang, Du Tran", ["Ludwig van Beethoven", "Di Wang", "Du Tran"], False),
        ("OpenAI", ["OpenAI"], False),
    ],
)  # fmt: skip
def test_names_that_can_be_told_apart(text: str, names: list[str], more: bool) -> None:
    assert split(text) == (tuple(names), more)


@pytest.mark.parametrize(
    "text",
    [
        "Dao, Tri",  # one person, or two
        "Dao, T., Fu, D. Y.",
        "Vaswani A, Shazeer N",
        "Fu DY, Dao TB",
        "Martin Luther King, Jr.",
        "van Gogh, Vincent Willem",
        "Vaswani, Shazeer, Parmar",
        "Dao, Tri and Fu, Daniel",
        "Dao, Tri, M.; Fu, Daniel",
        "Tri Dao and Daniel Fu; Di Wang",
        "Tri Dao, Stanford University",
        "The BigScience Team",
        "Tri Dao (Stanford), Daniel Fu (Stanford)",
        "Tri Dao1, Daniel Fu2",
        "[Tri Dao](https://tridao.me)",
        "Anonymous authors",
        "et al.",
        "and",
        "others",
        ";",
        "-",
        "",
    ],
)
def test_what_would_be_a_guess_is_left_alone(text: str) -> None:
    assert split(text) is None


@given(
    st.text(max_size=80) | st.lists(st.sampled_from(["Dao", "T.", ",", ";", "and", "et al.", " ", "、"])).map(" ".join)
)
def test_any_text_gives_names_that_stand_in_it_or_nothing(text: str) -> None:
    found = split(text)
    if found is not None:
        assert found.names
        assert all(name in " ".join(text.split()) and " and " not in name.lower() for name in found.names)


def test_a_hostile_line_costs_no_time() -> None:
    assert split("and " * 10_000) is None
    split(("A " * 900) + ",")
    split(", and" * 399)
