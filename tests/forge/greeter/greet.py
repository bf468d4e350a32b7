"""Comments on the pull request of the event, and tells the workflow the comment's number."""

import json
import os
from pathlib import Path

from github import Auth, Github

event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
github = Github(auth=Auth.Token(os.environ["TOKEN"]), base_url=os.environ["GITHUB_API_URL"], lazy=True, retry=None)
pull = github.get_repo(os.environ["GITHUB_REPOSITORY"]).get_issue(event["number"])
comment = pull.create_comment(os.environ["TEXT"])
with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
    outputs.write(f"comment={comment.id}\n")
with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as summary:
    summary.write("# Greeted\n\n")
