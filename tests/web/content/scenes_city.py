"""A service whose draft may be edited, for tests of the picture and of what is done to its nodes."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
from house import ROOT, House, service
from staff_browser import Staff, staffed

from voicebot.editing.scenes import Scene, scenes_of

TREE = "trees/総合案内.yaml"


@contextmanager
def small_city(folder: Path) -> Iterator[House]:
    """みじか市 with two editors and somebody who only looks."""
    city = folder / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", city)
    with staffed(service(folder, city=city), hanako="editor", taro="editor", gen="viewer") as house:
        yield house


def scene(house: House, name: str) -> Scene:
    """A node of the draft."""
    return scenes_of(house.service.library.draft().files)[name]


class Editor:
    """What the page's script does, without a browser.

    Args:
        staff: Signed in.
        name: The node that is opened.
    """

    def __init__(self, staff: Staff, name: str) -> None:
        self.staff = staff
        self.name = name
        self.page = staff.get(f"content/tree?node={name}").text
        self.form = inputs(re.search(r'<form id="node".*?</form>', self.page, re.DOTALL)[0])  # type: ignore[index]
        self.headers = {"accept": "application/json", "x-form-token": self.form["form_token"]}

    def sync(self, source: str, deed: str = "", **fields: str) -> dict[str, object]:
        """The other side follows."""
        self.form |= {name.replace("__", "."): value for name, value in fields.items()}
        sent = {**self.form, "from": source, "do": deed}
        answer = self.staff.client.post("content/tree-sync", data=sent, headers=self.headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, object] = answer.json()
        self.form["yaml"] = str(told["yaml"])
        if told["form"]:
            kept = {key: value for key, value in self.form.items() if not key.startswith("f.")}
            self.form = kept | inputs(str(told["form"]))
        return told

    def save(self, **fields: str) -> httpx.Response:
        """Into the draft."""
        return self.staff.client.post("content/tree-save", data=self.form | fields, headers=self.headers)


def inputs(html: str) -> dict[str, str]:
    """The fields of a form, as a browser sends them."""
    found: dict[str, str] = {}
    for tag in re.finditer(r"<input [^>]*>", html):
        name, value = _attribute(tag[0], "name"), _attribute(tag[0], "value")
        if name and not ('type="checkbox"' in tag[0] and " checked" not in tag[0]):
            found[name] = value
    for tag in re.finditer(r"(<textarea [^>]*>)(.*?)</textarea>", html, re.DOTALL):
        found[_attribute(tag[1], "name")] = unescape(tag[2])
    for tag in re.finditer(r"(<select [^>]*>)(.*?)</select>", html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', tag[2])
        found[_attribute(tag[1], "name")] = unescape(chosen[1]) if chosen else ""
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
