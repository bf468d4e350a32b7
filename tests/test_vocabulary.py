"""Labels, columns and targets: what the tables say, and what they must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import vocabulary
from listbot.document import ROLES


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("pdf", "pdf"),
        ("PDF", "pdf"),
        ("📄 Paper", "paper"),
        ("Paper 2", "paper"),
        ("Official PyTorch Code", "code"),
        ("Code (coming soon)", "code"),
        ("Code & Models", "code"),
        ("Project Page", "project"),
        ("Project Video", "video"),
        ("GitHub repo", "code"),
        ("代码", "code"),
        ("项目主页", "project"),
        ("Dataset", "data"),
        ("Slides", "slides"),
        ("Hugging Face", "model"),
    ],
)
def test_labels(label: str, role: str) -> None:
    assert vocabulary.role_of_label(label) == role


@pytest.mark.parametrize(
    "label", ["", "Lark", "A survey of code models", "Papers with style and grace", "Stanford", "🔥", "CVPR 2020"]
)
def test_no_labels(label: str) -> None:
    assert vocabulary.role_of_label(label) is None


def test_some_labels_are_names_too() -> None:
    assert vocabulary.is_name("PyTorch")
    assert vocabulary.is_name("R Handbook")
    assert not vocabulary.is_name("Code")


@pytest.mark.parametrize(
    ("url", "role"),
    [
        ("https://arxiv.org/abs/2401.00001", "paper"),
        ("https://arxiv.org/pdf/2401.00001v2", "pdf"),
        ("https://lab.example/papers/one.pdf", "pdf"),
        ("https://github.com/example/lark", "code"),
        ("https://github.com/example/lark/blob/main/report.pdf", "pdf"),
        ("https://www.youtube.com/watch?v=abc", "video"),
        ("https://medium.com/@somebody/post", "blog"),
        ("https://company.example/blog/2020/a-post", "blog"),
        ("https://lark.readthedocs.io/en/latest/", "docs"),
        ("https://mirror.example/10.1145/3531.3536/full", "paper"),
        ("https://huggingface.co/datasets/example/data", "data"),
        ("https://huggingface.co/example/model", "model"),
        ("https://lark.example/", None),
        ("not a url", None),
    ],
)
def test_targets(url: str, role: str | None) -> None:
    assert vocabulary.role_of_target(url) == role


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("**Paper Title**", "title"),
        ("Title & Authors", "title"),
        ("Conference", "venue"),
        ("Date", "year"),
        ("发布时间", "year"),
        ("Code", "code"),
        ("GPU hours", None),
        ("", None),
    ],
)
def test_columns(heading: str, kind: str | None) -> None:
    assert vocabulary.column(heading) == kind


def test_badges() -> None:
    assert vocabulary.is_badge("https://img.shields.io/badge/x-y-z")
    assert not vocabulary.is_badge("https://lark.example/logo.svg")


@given(st.text(max_size=60))
def test_any_text_has_a_role_or_none(text: str) -> None:
    assert vocabulary.role_of_label(text) in (*ROLES, None)
    assert vocabulary.role_of_target(text) in (*ROLES, None)
    assert vocabulary.role_of_target("https://" + text) in (*ROLES, None)
