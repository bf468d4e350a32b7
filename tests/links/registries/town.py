"""All impostors together, as one place to ask and one place to look what was asked."""

from __future__ import annotations

from collections import Counter

from tests.links.registries.arxiv import Arxiv, ArxivPages
from tests.links.registries.catalogues import HuggingFace, SemanticScholar, YouTube, YouTubePictures
from tests.links.registries.dois import Crossref, DataCite, Handles
from tests.links.registries.github import Github, GithubPages
from tests.links.registries.impostor import Call, Impostor
from tests.links.registries.openreview import OpenReview, OpenReviewV1
from tests.links.registries.venues import Cvf, MlsysProceedings, MlsysVirtual, NeuripsProceedings, Pmlr, Usenix
from tests.links.zoo import Zoo

_LOOPBACK = "127.0.0.1"


class Town:
    """Every registry, each at its own host. With `hasty` none minds how soon it is asked again."""

    def __init__(self, *, hasty: bool = True) -> None:
        interval = 0.0 if hasty else None
        self.arxiv = Arxiv(interval=interval)
        self.arxiv_pages = ArxivPages(self.arxiv, interval=interval)
        self.crossref = Crossref()
        self.handles = Handles()
        self.datacite = DataCite()
        self.github = Github()
        self.github_pages = GithubPages(self.github)
        self.openreview = OpenReview()
        self.openreview_v1 = OpenReviewV1()
        self.semantic_scholar = SemanticScholar()
        self.hugging_face = HuggingFace()
        self.youtube = YouTube()
        self.youtube_pictures = YouTubePictures(self.youtube)
        self.usenix = Usenix()
        self.mlsys = MlsysProceedings()
        self.mlsys_virtual = MlsysVirtual()
        self.neurips = NeuripsProceedings()
        self.pmlr = Pmlr()
        self.cvf = Cvf()

    @property
    def all(self) -> list[Impostor]:
        return [one for one in vars(self).values() if isinstance(one, Impostor)]

    def open_in(self, zoo: Zoo) -> None:
        """Stand at one's own host among the zoo's."""
        for one in self.all:
            zoo.page((one.host, "*"), one.page)
        zoo.page((_LOOPBACK, "/graphql"), self.github.page)

    def bases(self, zoo: Zoo) -> dict[str, str]:
        """Where each registry is found, by name, over plain HTTP at the zoo's port. GitHub's API is at the address of
        this machine, for no token goes to any other place by a connection that is not safe."""
        found = {one.name: f"http://{one.host}:{zoo.port}" for one in self.all}
        return found | {self.github.name: f"http://{_LOOPBACK}:{zoo.port}"}

    @property
    def calls(self) -> dict[str, list[Call]]:
        return {one.name: one.calls for one in self.all if one.calls}

    @property
    def requests(self) -> Counter[str]:
        """How often each host was asked."""
        return Counter({one.host: len(one.calls) for one in self.all if one.calls})

    @property
    def misdeeds(self) -> list[str]:
        """What the client did and may not do; empty for a good one."""
        return [misdeed for one in self.all for misdeed in one.misdeeds]
