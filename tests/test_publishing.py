"""What publishes a vocabulary: the GitHub action, the pre-commit hooks, and the redirects of real web servers."""

from __future__ import annotations

import http.client
import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
import yaml
from loopback import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

ROOT = Path(__file__).parent.parent
ACTION = ROOT / ".github" / "actions" / "vocabulary"
NOTES = {
    "Cyst.md": "## Types\n- Simple cyst\n- Septated cyst\n",
    "rad2skos.toml": '[scheme]\nbase = "https://w3id.org/t/"\n',
}
HOSTILE = "$(touch pwned)`touch pwned`;touch pwned"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


class GitHub(BaseHTTPRequestHandler):
    """The comments of a pull request, as GitHub's API keeps them."""

    comments: ClassVar[list[dict[str, Any]]] = []
    refuses: ClassVar[bool] = False

    def answer(self) -> None:
        if self.headers["Authorization"] != "Bearer t0ken" or (GitHub.refuses and self.command != "GET"):
            return self.reply(403, {"message": "Resource not accessible by integration"})
        if self.command == "GET":
            assert self.path == "/repos/acme/notes/issues/7/comments?per_page=100&page=1"
            return self.reply(200, GitHub.comments)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        if self.command == "PATCH":
            assert self.path == "/repos/acme/notes/issues/comments/101"
            GitHub.comments[1]["body"] = body
        else:
            assert self.path == "/repos/acme/notes/issues/7/comments"
            GitHub.comments.append({"id": 101, "body": body, "user": {"login": "github-actions[bot]"}})
        return self.reply(201, [])

    do_GET = do_POST = do_PATCH = answer  # noqa: N815 - as the library calls them

    def reply(self, status: int, content: object) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def github() -> Iterator[str]:
    GitHub.comments[:] = [{"id": 5, "body": "<!-- rad2skos: what changed -->", "user": {"login": "stranger"}}]
    GitHub.refuses = False
    with serve(GitHub) as url:
        yield url


@pytest.fixture
def checkout(tmp_path: Path, run: Callable[..., Result]) -> Path:
    """Return a clone of a repository whose main branch holds notes and their export, on a branch with another note."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    for name, text in NOTES.items():
        (origin / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (origin / "notes" / name).write_text(text, encoding="utf-8")
    assert run("build", origin / "notes", "--out", origin / "output", "--shapes", "none").exit_code == 0
    git(origin, "init", "--quiet", "--initial-branch", f"main{HOSTILE.replace(' ', '-')}")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "Notes")
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    (clone / "notes" / "Cyst.md").write_text("## Types\n- Simple cyst\n", encoding="utf-8")
    (clone / "notes" / f"{HOSTILE}.md").write_text("## Differential diagnosis\n- [[Cyst]]\n", encoding="utf-8")
    return clone


def run_action(checkout: Path, github: str, **settings: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Return how the action's script ended in a checkout, and the summary of the run."""
    summary = checkout.parent / "summary.md"
    summary.write_text("", encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "VAULT": "notes",
        "OUTPUT": "output",
        "FAIL_ON": "never",
        "TOKEN": "t0ken",
        "PULL_REQUEST": "7",
        "GITHUB_API_URL": github,
        "GITHUB_REPOSITORY": "acme/notes",
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_BASE_REF": f"main{HOSTILE.replace(' ', '-')}",
        **settings,
    }
    command = ["bash", str(ACTION / "run")]
    ended = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    return ended, summary.read_text(encoding="utf-8")


def test_the_action_comments_once_on_what_changed(checkout: Path, github: str) -> None:
    for _ in range(2):
        ended, summary = run_action(checkout, github)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert "Septated cyst" in summary
        assert GitHub.comments[1]["body"] == f"<!-- rad2skos: what changed -->\n{summary}"
        assert len(GitHub.comments) == 2
    assert "::" in ended.stdout  # findings stand at their lines in the pull request
    assert (checkout / "output" / "site" / "cyst.html").exists()
    assert not [*checkout.parent.rglob("pwned")]


def test_the_action_says_so_where_it_may_not_comment_or_compare(checkout: Path, github: str) -> None:
    GitHub.refuses = True
    ended, summary = run_action(checkout, github)
    assert (ended.returncode, "Septated cyst" in summary) == (0, True)
    assert "::notice::The changes are in the summary" in ended.stdout
    ended, summary = run_action(checkout, github, OUTPUT="elsewhere")
    assert (ended.returncode, "nothing to compare" in summary) == (0, True)
    ended, summary = run_action(checkout, github, PULL_REQUEST="")
    assert (ended.returncode, summary) == (0, "")


def test_the_action_fails_on_errors_and_on_changes_that_break(checkout: Path, github: str) -> None:
    ended, summary = run_action(checkout, github, FAIL_ON="any")
    assert (ended.returncode, "Septated cyst" in summary) == (1, True)
    config = checkout / "notes" / "rad2skos.toml"
    config.write_text("[scheme\n", encoding="utf-8")
    assert run_action(checkout, github)[0].returncode == 2


def test_no_expression_of_the_action_reaches_a_shell() -> None:
    action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts == ['bash "$GITHUB_ACTION_PATH/run"']
    page = (ROOT / "skosify_rad" / "docs" / "publishing.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in action["inputs"])


def test_the_hooks_stop_a_commit_with_an_old_export(checkout: Path) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    printed = {}
    for name in ("rad2skos-check", "rad2skos-build", "rad2skos-diff"):
        arguments = hooks[name]["args"] if name.endswith("diff") else ["notes"]
        command = [*hooks[name]["entry"].split(), *arguments]
        ended = subprocess.run(
            command, cwd=checkout, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        printed[name] = ended.stdout
    assert "output/concepts.ttl" in git(checkout, "status", "--short")  # pre-commit stops where a hook changes files
    assert "Septated cyst" in printed["rad2skos-diff"]
    assert re.search(hooks["rad2skos-build"]["files"], "notes/Cyst.md")


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def public() -> Iterator[Path]:
    """Return a folder that every user of this machine may read: servers give up the rights of root."""
    with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def site(public: Path, run: Callable[..., Result], make_vault: Callable[..., Path]) -> Callable[[str], Path]:
    """Return a function that builds a site for an address."""

    def build(url: str) -> Path:
        vault = make_vault({**NOTES, "rad2skos.toml": f'{NOTES["rad2skos.toml"]}[site]\nurl = "{url}"\n'})
        assert run("build", vault, "--out", public / "out", "--format", "site", "--shapes", "none").exit_code == 0
        return public / "out" / "site"

    return build


def ask(port: int, path: str, accept: str) -> tuple[int, str, str]:
    """Return status, place that is led to, and media type."""
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path, headers={"Accept": accept})
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    return answer.status, answer.headers.get("Location", ""), kind


FORMS = {
    "text/html,application/xhtml+xml,*/*;q=0.8": ("html", "text/html"),
    "text/turtle": ("ttl", "text/turtle"),
    "application/ld+json": ("jsonld", "application/ld+json"),
}


def find_user() -> str:
    """Return a user without rights, for Apache, which refuses to run as root."""
    return next(entry.pw_name for entry in pwd.getpwall() if entry.pw_name in ("www-data", "nobody", "daemon"))


def find_server(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    return path or pytest.skip(f"not run: there is no {name}: apt-get install {name}")


@pytest.fixture
def served() -> Iterator[Callable[..., None]]:
    """Return a function that starts a server in the foreground; it is stopped at the end."""
    running: list[subprocess.Popen[bytes]] = []

    def start(*command: str | Path) -> None:
        running.append(subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    yield start
    for server in running:
        server.terminate()
        server.wait(10)


APACHE = """
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
DocumentRoot {base}
TypesConfig /dev/null
AddType text/turtle .ttl
AddType application/ld+json .jsonld
AddType text/html .html
DirectoryIndex index.html
Alias /site/ {site}/
<Directory {base}>
AllowOverride All
Require all granted
</Directory>
<Directory {site}>
Require all granted
</Directory>
"""
MODULES = Path("/usr/lib/apache2/modules")
LOADED = ("mpm_event", "authz_core", "alias", "mime", "dir", "rewrite")


def test_apache_sends_each_reader_to_the_form_asked_for(
    site: Callable[[str], Path], served: Callable[..., None], public: Path, tmp_path: Path
) -> None:
    apache, port = find_server("apache2"), find_port()
    folder = site(f"http://127.0.0.1:{port}/site")
    (public / "t").mkdir()
    shutil.copy(folder / "site" / "htaccess.txt", public / "t" / ".htaccess")
    loaded = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
    user = f"User {find_user()}\nGroup #{pwd.getpwnam(find_user()).pw_gid}\n" if os.geteuid() == 0 else ""
    config = tmp_path / "apache.conf"
    config.write_text(loaded + user + APACHE.format(port=port, base=public, folder=tmp_path, site=folder), "utf-8")
    served(apache, "-f", config, "-D", "FOREGROUND")
    for accept, (suffix, kind) in FORMS.items():
        status, place, _ = ask(port, "/t/cyst", accept)
        assert (status, place) == (303, f"http://127.0.0.1:{port}/site/cyst.{suffix}")
        assert ask(port, place.partition(str(port))[2], accept)[::2] == (200, kind)
        status, place, _ = ask(port, "/t/", accept)
        assert (status, place.partition(str(port))[2]) == (
            303,
            f"/site/site/concepts.{suffix}" if suffix != "html" else "/site/",
        )
        assert ask(port, place.partition(str(port))[2], accept)[::2] == (200, kind)
    assert ask(port, "/t/../secret", "text/turtle")[0] in (400, 404)


def test_nginx_sends_each_reader_to_the_form_asked_for(
    site: Callable[[str], Path], served: Callable[..., None], tmp_path: Path
) -> None:
    nginx, port = find_server("nginx"), find_port()
    folder = site("https://rad.example.org/")
    page = (ROOT / "skosify_rad" / "docs" / "publishing.md").read_text(encoding="utf-8")
    recipe = page.partition("```nginx\n")[2].partition("```")[0]
    assert {"listen 80;", "/srv/rad/site;"} <= {*re.findall(r"listen 80;|/srv/rad/site;", recipe)}
    recipe = recipe.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/rad/site;", f"{folder};")
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off;\npid {tmp_path}/nginx.pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{recipe}\n}}\n",
        encoding="utf-8",
    )
    served(nginx, "-c", config, "-e", tmp_path / "error.log")
    for accept, (suffix, kind) in FORMS.items():
        status, place, _ = ask(port, "/cyst", accept)
        assert (status, place.partition(str(port))[2]) == (303, f"/cyst.{suffix}")
        assert ask(port, f"/cyst.{suffix}", accept)[::2] == (200, kind)
        status, place, found = ask(port, "/", accept)
        whole = (303, f"/site/concepts.{suffix}") if suffix != "html" else (200, "")
        assert (status, place.partition(str(port))[2]) == whole
        assert suffix != "html" or found == "text/html"
    assert ask(port, "/nothing", "text/turtle")[0] == 404
