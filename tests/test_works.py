"""What links stand for: labelled vectors, spellings that people write, and the laws that all families obey."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import arxiv_ids, tables, works

ONE_OF_EACH = {
    "arxiv": "https://arxiv.org/abs/2205.14135",
    "doi": "https://doi.org/10.1016/S0140-6736(13)62228-X",
    "acm": "https://dl.acm.org/doi/10.1145/3600006.3613165",
    "ieee": "https://ieeexplore.ieee.org/document/10631006",
    "csdl": "https://www.computer.org/csdl/proceedings-article/sp/2024/313000a142/1Ub23ZRRhRu",
    "springer": "https://link.springer.com/article/10.1007/s10040-009-0439-x",
    "nature": "https://www.nature.com/articles/s41586-021-03972-8",
    "wiley": "https://onlinelibrary.wiley.com/doi/10.1002/pmic.201100327",
    "publisher": "https://www.science.org/doi/10.1126/science.1232769",
    "sciencedirect": "https://www.sciencedirect.com/science/article/pii/S0896627311004430",
    "frontiers": "https://www.frontiersin.org/articles/10.3389/fdata.2019.00017/full",
    "plos": "https://journals.plos.org/plosbiology/article?id=10.1371/journal.pbio.1001090",
    "mdpi": "https://www.mdpi.com/2076-3387/3/3/32",
    "openreview": "https://openreview.net/forum?id=S1lhbnRqF7",
    "acl": "https://aclanthology.org/2020.acl-main.1/",
    "pmlr": "https://proceedings.mlr.press/v139/li21y.html",
    "jmlr": "https://jmlr.org/papers/v21/20-074.html",
    "neurips": "https://proceedings.neurips.cc/paper_files/paper/2020/hash/0060ef47b12160b9198302ebdb144dcf-Abstract.html",
    "mlsys": "https://proceedings.mlsys.org/paper_files/paper/2022/hash/e09d45e14e9ece7142217550ddd3c4d0-Abstract.html",
    "iclr": "https://proceedings.iclr.cc/paper_files/paper/2025/hash/c0749c39aac2a2c5b2a2c5b2a2c5b2a2-Abstract-X.html",
    "virtual": "https://mlsys.org/virtual/2025/poster/2974",
    "cvf": "https://openaccess.thecvf.com/content/CVPR2021/html/Doe_Some_Title_CVPR_2021_paper.html",
    "usenix": "https://www.usenix.org/conference/osdi22/presentation/yu",
    "aaai": "https://ojs.aaai.org/index.php/AAAI/article/view/29946",
    "ijcai": "https://www.ijcai.org/proceedings/2023/189",
    "biorxiv": "https://www.biorxiv.org/content/10.1101/2021.08.03.454978v2",
    "hal": "https://hal.science/hal-00328427",
    "ssrn": "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1450387",
    "zenodo": "https://zenodo.org/records/45756",
    "preprints": "https://www.preprints.org/manuscript/202202.0276/v1",
    "osf": "https://osf.io/7eb4g",
    "iacr": "https://eprint.iacr.org/2023/123",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/37674179/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC10483700/",
    "s2": "https://www.semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
    "s2corpus": "https://api.semanticscholar.org/CorpusID:13756489",
    "dblp": "https://dblp.org/rec/conf/iclr/DasMYTM19.html",
    "github": "https://github.com/example/tiny",
    "gist": "https://gist.github.com/7113348ab3496a3af3b7c2b2de14a526",
    "huggingface": "https://huggingface.co/example/tiny-7b",
    "youtube": "https://www.youtube.com/watch?v=pq94aBrc0pY",
    "gdrive": "https://drive.google.com/file/d/1A2b3C4d5E6f7G8h9I0jKlMnOpQrStUvW/view",
}


def test_the_labelled_vectors(shared: Path) -> None:
    wrong = []
    rows = [json.loads(line) for line in (shared / "data" / "url_vectors.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        work = works.of(row["url"])
        got = (work.id, work.landing, work.pdf, work.version) if work else (None, None, None, None)
        if got != (row["id"], row["landing"], row["pdf"], row["version"]):
            wrong.append((row["url"], got))
    assert len(rows) >= 473
    assert wrong == []


def test_every_family_of_the_table_is_tried_here() -> None:
    families = {row.get("as", row["name"]) for row in tables.load("families")["family"]}
    assert families == set(ONE_OF_EACH)
    for family, url in ONE_OF_EACH.items():
        work = works.of(url)
        assert work is not None
        assert work.family == family


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org.evil.example/abs/2205.14135",
        "https://arxiv.org@evil.example/abs/2205.14135",
        "https://evil.example/arxiv.org/abs/2205.14135",
        "https://notarxiv.org/abs/2205.14135",
        "ftp://arxiv.org/abs/2205.14135",
        "mailto:a@arxiv.org",
        "#2205.14135",
        "papers/2205.14135.pdf",
        "https://github.com/topics/compilers",
        "https://github.com/-bad-/repo",
        "https://arxiv.org/abs/2313.00001",
        "https://doi.org/10.1145/",
        "https://[::1",
        "",
    ],
)
def test_what_is_no_work(url: str) -> None:
    assert works.of(url) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2205.14135", ("2205.14135", "")),
        ("1501.1234", ("1501.01234", "")),
        ("0704.00001", ("0704.0001", "")),
        ("math.GT/0309136v2", ("math/0309136", "2")),
        ("condmat/9901001", ("cond-mat/9901001", "")),
        ("1412.12345", None),
        ("0703.0001", None),
        ("2213.00001", None),
        ("2205.00000", None),
        ("2205.14135v0", None),
        ("math/0704001", None),
        ("0309136", None),
        ("nosuch/0309136", None),
    ],
    ids=[
        "new",
        "padded",
        "padding off",
        "subject class",
        "no hyphen",
        "five digits before 2015",
        "before 2007-04",
        "month 22",
        "number 0",
        "version 0",
        "old after 2007-03",
        "no archive",
        "no such archive",
    ],
)
def test_arxiv_ids(written: str, read: tuple[str, str] | None) -> None:
    assert arxiv_ids.read(written) == read


def spellings(url: str) -> st.SearchStrategy[str]:
    """Ways to write one URL that change nothing."""
    bare = url.removeprefix("https://").removeprefix("www.")
    host, _, rest = bare.partition("/")
    has_query = "?" in rest
    return st.builds(
        lambda scheme, www, cased, slash, tracking, fragment, wrap: wrap(
            f"{scheme}{www}{cased(host)}/{rest}"
            + (slash if not has_query and not rest.endswith("/") else "")
            + (("&" if has_query else "?") + tracking if tracking else "")
            + fragment
        ),
        st.sampled_from(["https://", "http://", "HTTPS://", "//", ""]),
        st.sampled_from(["", "www."]),
        st.sampled_from([str, str.upper, str.title]),
        st.sampled_from(["", "/"]),
        st.sampled_from(["", "utm_source=feed", "fbclid=abc", "utm_source=a&utm_medium=b"]),
        st.sampled_from(["", "#", "#section"]),
        st.sampled_from([str, lambda u: f"  {u} ", wrapped_by_google]),
    )


def wrapped_by_google(url: str) -> str:
    return "https://www.google.com/url?q=" + quote(url, safe="")


@pytest.mark.parametrize("family", ONE_OF_EACH)
@given(data=st.data())
def test_all_spellings_are_one_work(family: str, data: st.DataObject) -> None:
    canonical = works.of(ONE_OF_EACH[family])
    written = data.draw(spellings(ONE_OF_EACH[family]))
    work = works.of(written)
    assert work is not None, written
    assert canonical is not None
    assert work.id == canonical.id


@pytest.mark.parametrize("family", ONE_OF_EACH)
def test_landing_and_pdf_lead_back_to_the_work(family: str) -> None:
    work = works.of(ONE_OF_EACH[family])
    assert work is not None
    for url in (work.landing, work.pdf):
        if url is not None:
            again = works.of(url)
            assert again is not None
            assert again.id == work.id


@given(st.one_of(st.text(), st.text(alphabet="htps:/?#[]@arxivdo.g0123 %&=\\", max_size=80)))
def test_no_text_makes_it_raise(text: str) -> None:
    works.of(text)
    works.identity(text)
    works.without_tracking(text)


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.example/b?utm_source=x", "https://a.example/b"),
        ("https://a.example/b?c=d&utm_source=x&e=f#g", "https://a.example/b?c=d&e=f#g"),
        ("https://a.example/b#", "https://a.example/b"),
        ("https://a.example/b?", "https://a.example/b"),
        ("https://a.example/b?via=c&si=d", "https://a.example/b?via=c&si=d"),
        ("https://youtu.be/pq94aBrc0pY?si=d", "https://youtu.be/pq94aBrc0pY"),
        ("../b?utm_source=x", "../b?utm_source=x"),
    ],
)
def test_without_tracking(url: str, bare: str) -> None:
    assert works.without_tracking(url) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.example/b/", "https://A.example/b", True),
        ("https://a.example:443/b", "https://a.example/b", True),
        ("https://a.example/b\\_c", "https://a.example/b_c", True),
        ("https://a.example/B", "https://a.example/b", False),
        ("https://a.example/b#c", "https://a.example/b", False),
        ("https://a.example/b?c=1", "https://a.example/b?c=2", False),
    ],
)
def test_normalised_addresses(one: str, other: str, same: bool) -> None:
    assert (works.normalise(one) == works.normalise(other)) is same
