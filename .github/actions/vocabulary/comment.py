# ruff: noqa: INP001 - a script of the action, in no package
"""Write a file as the comment of a pull request; a second run replaces the comment of the first.

Reads TOKEN, PULL_REQUEST, GITHUB_REPOSITORY and GITHUB_API_URL. A run for a fork has a token that may not write: the
error is the caller's to report. Source: https://docs.github.com/en/rest/issues/comments.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

MARK = "<!-- rad2skos: what changed -->"
WHO = "github-actions[bot]"
"""Whose comments are ours: anybody may write the mark."""
PAGES, SIZE = 10, 100
"""Pages that are searched for our comment, and comments on a page."""


def ask(method: str, path: str, body: str | None = None) -> list[dict[str, Any]]:
    """Return GitHub's answer to a request."""
    request = Request(  # noqa: S310 - the runner's own address
        f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues/{path}",
        method=method,
        data=json.dumps({"body": body}).encode() if body else None,
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}", "Accept": "application/vnd.github+json"},
    )
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
        return json.loads(answer.read())  # type: ignore[no-any-return]


def find_comment(number: int) -> str | None:
    """Return the identifier of our comment on a pull request."""
    for page in range(1, PAGES + 1):
        comments = ask("GET", f"{number}/comments?per_page={SIZE}&page={page}")
        for comment in comments:
            if comment["user"]["login"] == WHO and comment["body"].startswith(MARK):
                return comment["id"]
        if len(comments) < SIZE:
            break
    return None


def main() -> None:
    """Write the comment."""
    number = int(os.environ["PULL_REQUEST"])
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    body, known = f"{MARK}\n{text}", find_comment(number)
    if known:
        ask("PATCH", f"comments/{known}", body)
    else:
        ask("POST", f"{number}/comments", body)


if __name__ == "__main__":
    try:
        main()
    except URLError as error:
        sys.exit(f"the comment was not written: {error}")
