"""Files that people write: the line of every key, what is declared against what is documented, settings that are wrong."""

from __future__ import annotations

import json
import pickle
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.content import yaml
from pipeline.core import settings, toml
from pipeline.core.errors import LockstepError
from pipeline.core.options import KEEP, MAPPINGS, json_schema, lockstep
from pipeline.core.schema import Keys, Node, Option, table
from tests.conftest import REPO

LINES: list[tuple[str, dict[Keys, int]]] = [
    ("", {}),
    ("# a = 1\n\na = 1\r\n", {("a",): 3}),
    ("a.b = 1\na.c = 2\n", {("a",): 1, ("a", "b"): 1, ("a", "c"): 2}),
    ('"a.b" = 1\n\'c "d\' = 2\n"\\u0065" = 3\n', {("a.b",): 1, ('c "d',): 2, ("e",): 3}),
    ("[a.b]\nc = 1\n[a]\nd = 1\n", {("a",): 3, ("a", "b"): 1, ("a", "b", "c"): 2, ("a", "d"): 4}),
    ("[[a]]\nb = 1\n[[ a ]]\n[a.c]\nd = 1\n",
     {("a",): 1, ("a", 0): 1, ("a", 0, "b"): 2, ("a", 1): 3, ("a", 1, "c"): 4, ("a", 1, "c", "d"): 5}),
    ("[[a.b]]\n[[a.b.c]]\n[[a.b.c]]\n",
     {("a",): 1, ("a", "b"): 1, ("a", "b", 0): 1, ("a", "b", 0, "c"): 2, ("a", "b", 0, "c", 0): 2, ("a", "b", 0, "c", 1): 3}),
    ("a = [\n  1, # ]\n  [2.5,\n   3],\n]\nb = 2024-01-01 10:00:00\n",
     {("a",): 1, ("a", 0): 2, ("a", 1): 3, ("a", 1, 0): 3, ("a", 1, 1): 4, ("b",): 6}),
    ("a = { b = 1, c.d = [ {}, { e = '}' } ] }\n",
     {(*keys,): 1 for keys in (("a",), ("a", "b"), ("a", "c"), ("a", "c", "d"), ("a", "c", "d", 0), ("a", "c", "d", 1), ("a", "c", "d", 1, "e"))}),
    ('a = """\nb = 1\n[c]\n\\"""" # "\nd = \'\'\'\'\n\'\'\'\'\'\ne = """x""""\nf = ""\ng = \'\'\'y\'\'\'\'\nh = 1\ni = \'\'\n',
     {("a",): 1, ("d",): 5, ("e",): 7, ("f",): 8, ("g",): 9, ("h",): 10, ("i",): 11}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_the_line_of_every_key(text: str, lines: dict[Keys, int]) -> None:
    tomllib.loads(text)
    assert toml.lines(text) == {(): 1, **lines}


NAMES = st.one_of(st.sampled_from(["a", "b-c", "1", "true"]), st.text(max_size=4))
VALUES = st.recursive(
    st.one_of(
        st.integers(-99, 99),
        st.booleans(),
        st.floats(allow_nan=False),
        st.datetimes(),
        st.dates(),
        st.text("ab \"'\\#[]{}=,.\n\u00e9", max_size=9),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(NAMES, inner, max_size=3),
        st.lists(st.dictionaries(NAMES, inner, max_size=2), min_size=1, max_size=3),
    ),
    max_leaves=12,
)


class Writer:
    """Writes a value as TOML, in whatever ways `draw` chooses, and notes the line of every key that it writes."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.text, self.lines = draw, "", {(): 1}

    def put(self, text: str, keys: Keys | None = None) -> None:
        if keys is not None:
            self.lines[keys] = self.text.count("\n") + 1
        self.text += text

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def name(self, key: str) -> str:
        if re.fullmatch(r"[A-Za-z0-9_-]+", key) and self.chance():
            return key
        if re.fullmatch(r"[ !#-&(-~]*", key) and self.chance():
            return f"'{key}'"
        return quoted(key)

    def table(self, value: dict[str, object], keys: Keys, head: str) -> None:
        later = []
        for key, inner in value.items():
            below = (*keys, key)
            tables = isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner)
            if (isinstance(inner, dict) or tables) and self.chance():
                later.append((key, inner))
            else:
                if self.chance():
                    self.put("\n# x = [1\n")
                self.put(self.name(key), below)
                while isinstance(inner, dict) and len(inner) == 1 and self.chance():
                    ((key, inner),) = inner.items()
                    below = (*below, key)
                    self.put(f" . {self.name(key)}", below)
                self.put(" = ")
                self.value(inner, below)
                self.put("\n")
        for key, inner in later:
            name = f"{head}.{self.name(key)}" if head else self.name(key)
            if isinstance(inner, dict):
                self.put(f"[ {name} ] # [x]\n", (*keys, key))
                self.table(inner, (*keys, key), name)
            else:
                for at, one in enumerate(inner):
                    self.lines.setdefault((*keys, key), self.text.count("\n") + 1)
                    self.put(f"[[{name}]]\n", (*keys, key, at))
                    self.table(one, (*keys, key, at), name)

    def value(self, value: object, keys: Keys) -> None:
        if isinstance(value, list):
            self.put("[")
            for at, inner in enumerate(value):
                self.put("\n # ]\n " if self.chance() else " ")
                self.lines[*keys, at] = self.text.count("\n") + 1
                self.value(inner, (*keys, at))
                self.put(",")
            self.put("\n]" if self.chance() else "]")
        elif isinstance(value, dict):
            self.put("{")
            for at, (key, inner) in enumerate(value.items()):
                self.put(", " if at else " ")
                self.put(f"{self.name(key)}=", (*keys, key))
                self.value(inner, (*keys, key))
            self.put(" }")
        elif isinstance(value, bool):
            self.put(str(value).lower())
        elif isinstance(value, str):
            bare = value.replace("'", "").replace("\\", "")
            ways = [quoted(value), f'"""\n{quoted(value)[1:-1]}"""', f'"""{quoted(value)[1:-1]}\\\n """']
            if value == bare:
                ways.append(f"'''\n{value}'''")
            self.put(self.draw(st.sampled_from(ways)))
        else:
            self.put(str(value))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def paths(value: object, keys: Keys = ()) -> Iterator[Keys]:
    yield keys
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(inner, (*keys, key))


@given(st.data(), st.dictionaries(NAMES, VALUES, max_size=4))
def test_the_line_of_every_key_however_it_is_written(data: st.DataObject, value: dict[str, object]) -> None:
    writer = Writer(data.draw)
    writer.table(value, (), "")
    assert tomllib.loads(writer.text) == value, writer.text
    assert toml.lines(writer.text) == writer.lines, writer.text
    assert set(writer.lines) == set(paths(value)), "every key has a line, and nothing else"


def test_the_line_of_every_key_of_yaml() -> None:
    text = "a:\n  - b: c\n    d:\n      - e\n      -\n        f: g\nh: []\ni:\n"
    found = dict(yaml.lines(yaml.load("x", text)))
    assert found == {
        ("a",): 1, ("a", 0): 2, ("a", 0, "b"): 2, ("a", 0, "d"): 3, ("a", 0, "d", 0): 4, ("a", 0, "d", 1): 6,
        ("a", 0, "d", 1, "f"): 6, ("h",): 7, ("i",): 8,
    }  # fmt: skip


BASE = '[tool.lockstep]\nlocales = ["es", "fr"]\n\n'
OTHER = '[tool.other]\nlevel = "x"\nname = "y"\nurl = "z"\ndirection = "up"\nkeys = 1\n\n'
WRONG = [
    (OTHER + BASE + '[tool.lockstep.gate]\nlevel = "al"\n', 12, "[tool.lockstep.gate] `level` is one of error, warning, info, not 'al'"),
    (OTHER + BASE + '[tool.lockstep]\n'.replace("lockstep", "lockstep.gate") + 'levle = "error"\n', 12, "[tool.lockstep.gate] `levle` is not a setting"),
    (BASE + 'gate = { translated = { es = 100, fr = "all" } }\n', 4, "[tool.lockstep.gate.translated] `fr` is a percentage"),
    (OTHER + BASE + 'locale.es = { direction = "up" }\n', 11, "[tool.lockstep.locale.es] `direction` is one of ltr, rtl, not 'up'"),
    ('[tool.lockstep]\nlocales = [\n  "es",\n  "es",\n]\n', 4, "`locales` item 2 stands twice"),
    (BASE + 'url = "https://[x"\n', 4, "[tool.lockstep] `url` is the address"),
    (BASE + 'url = "https://a:b/"\n', 4, "[tool.lockstep] `url` is the address"),
    (BASE + 'url = "https:///x"\n', 4, "[tool.lockstep] `url` is the address"),
    (BASE + "reading-grade = nan\n", 4, "`reading-grade` is a school grade from 1 to 20, not nan"),
    (BASE + f"reading-grade = 0x{'f' * 5000}\n", 4, "not a number of too many digits"),
    (BASE + f"gate.level = 0x{'f' * 5000}\n", 4, "[tool.lockstep.gate] `level` is one of error, warning, info, not a number"),
    (BASE + f"\nreading-grade = {'9' * 5000}\n", 5, "a number of too many digits"),
    (BASE + f"x = {'[' * 5000}{']' * 5000}\n", 4, "nested too deeply"),
    (BASE + "x = 1\nx = 2", 5, "not valid TOML"),
    (BASE + "x = 1\nx.y = 2", 5, "not valid TOML"),
    ("tool = 3\n", 1, "`tool` is a table, not 3"),
    ('[tool]\nlockstep = "x"\n', 2, "[tool] `lockstep` is a table, not 'x'"),
    ('[project]\nname = ["x"]\n', 2, "[project] `name` is a text"),
    (BASE + "[tool.babel]\nmappings = 3\n", 5, "[tool.babel] `mappings` is a list of tables, not 3"),
    (BASE + "[tool.babel]\nmappings = [3]\n", 5, "[tool.babel] `mappings` item 1 is a table, not 3"),
    (BASE + '[[tool.babel.mappings]]\npattern = "x"\n', 4, "[[tool.babel.mappings]] has no `method`"),
    (BASE + '[[tool.babel.mappings]]\nmethod = "ignore"\n', 4, "[[tool.babel.mappings]] has no `pattern`"),
    (BASE + '[[tool.babel.mappings]]\nmethod = "ignore"\npattern = [3]\n', 6, "[[tool.babel.mappings]] `pattern` item 1 is a text, not 3"),
    (BASE + '[[tool.babel.mappings]]\nmethod = "lockstep-yaml"\npattern = "x"\nkeys = 5\n', 7, "[[tool.babel.mappings]] `keys` is a text, or a list of them, not 5"),
    (BASE + '[[tool.babel.mappings]]\nmethod = "lockstep-yaml"\npattern = "x"\nkyes = 5\n', 7, "`kyes` is not an option of lockstep-yaml"),
    (BASE + '[[tool.babel.mappings]]\npattern = "x"\nmethod = "lockstep-markdwn"\n', 6, "`method` is one of lockstep-markdown"),
    (BASE + '[[tool.babel.mappings]]\npattern = "x"\nmethod = "lockstep.markdown"\n', 6, "`method` is one of lockstep-markdown"),
    (BASE + '[[tool.babel.mappings]]\npattern = "x"\nmethod = "jinja2.ext:babel_extrct"\n', 6, "`method` is one of lockstep-markdown"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what"), WRONG)
def test_wrong_settings_are_one_error_at_their_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LockstepError) as problem:
        settings.load(tmp_path)
    assert what in problem.value.what and (problem.value.path, problem.value.line) == (path, line)
    assert problem.value.todo and len(str(problem.value)) < 600


def test_a_misspelling_names_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.lockstep]\nlocale = {}\nlocals = []\n")
    with pytest.raises(LockstepError, match=r"3: \[tool.lockstep\] `locals` is not a setting\n  Did you mean `locale"):
        settings.load(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.lockstep.gate]\nlevel = "eror"\n')
    with pytest.raises(LockstepError, match=r"not 'eror'\n  Did you mean `error`\?"):
        settings.load(tmp_path)


METHODS = [
    "lockstep-markdown",
    "ignore",
    "python",
    "jinja2",
    "jinja2.ext:babel_extract",
    "jinja2.ext.babel_extract",
]


@pytest.mark.parametrize("method", METHODS)
def test_every_method_that_babel_finds_can_be_named(tmp_path: Path, method: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[[tool.babel.mappings]]\nmethod = "{method}"\npattern = ["a", "b"]\n')
    assert [(one.method, one.pattern) for one in settings.load(tmp_path).mappings] == [(method, "a"), (method, "b")]


EVERYTHING = """
[project]
name = "x"
version = "1"
[tool.lockstep]
locales = ["es", "ht"]
url = "https://a.example/b/"
reading-grade = 7.5
locale.ht = { name = "Kreyòl", date = "dd/MM/y", plural-forms = "nplurals=1; plural=0;", direction = "ltr", english-name = "Haitian" }
gate = { level = "warning", translated = 90 }
[[tool.lockstep.checks]]
check = "number"
level = "off"
[tool.lockstep.policy]
origin = "machine"
listed = { ht = 1 }
[[tool.lockstep.policy.rules]]
classes = ["dosing"]
wording = ["serve", "hold"]
[[tool.babel.mappings]]
method = "lockstep-yaml"
pattern = "source/**.yaml"
keys = ["nav.label"]
"""


@pytest.mark.parametrize("text", ["[tool.lockstep]\n", EVERYTHING])
def test_settings_can_be_sent_elsewhere(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    found = settings.load(tmp_path)
    sent = pickle.loads(pickle.dumps(found))
    assert sent == found and all(rule.strict is KEEP for rule in sent.rules)


# Declared, documented, and offered by editors -----------------------------------------------------

DOCS = (REPO / "docs/settings.md").read_text("utf-8")
SCHEMA = REPO / "docs/lockstep.schema.json"


def declared(options: tuple[Option[object], ...], name: str) -> Iterator[tuple[str, Option[object]]]:
    """Every option with the name of its table, as the documentation writes it."""
    for option in options:
        yield name, option
        yield from declared(
            option.kind.options, f"{name}.{option.key}" + (".<name>" if option.key in {"locale", "components"} else "")
        )


def documented() -> Iterator[tuple[str, str, str, str]]:
    """The tables of keys in the documentation: the table that was last named above, key, default, what it is for."""
    name, keys = "", False
    for line in DOCS.split("\n"):
        if not line.startswith("|"):
            found = re.findall(r"`\[+(tool\.[\w.<>]+)\]+`", line)
            name, keys = found[0] if found else name, False
        elif line.startswith("| key | default |"):
            keys = True
        elif keys and (cells := re.fullmatch(r"\| `([\w-]+)` \| (.*?) \| (.*) \|", line)):
            yield name, cells[1], cells[2], cells[3]


def test_what_is_declared_is_documented_and_nothing_else() -> None:
    rows = {(name, key): (default, what) for name, key, default, what in documented()}
    ours = {(name, option.key): option for name, option in declared(lockstep(), "tool.lockstep")}
    ours |= {("tool.babel.mappings", option.key): option for option in MAPPINGS.kind.options}
    rules = "tool.lockstep.policy.rules"
    again = {(rules, key) for name, key in ours if name == "tool.lockstep.policy"} & set(ours)
    assert set(rows) == set(ours) - again, "a rule has rows of the policy, documented once"
    for key, (default, what) in rows.items():
        option = ours[key]
        shown = (
            f"`{json.dumps(option.default)}`" if option.default is not None else "required" if option.required else "–"
        )
        assert default == shown and what.startswith(option.doc), key


def test_the_examples_of_the_documentation_are_right() -> None:
    examples = [toml.read(Path("settings.md"), text) for text in re.findall(r"```toml\n(.*?)```", DOCS, re.S)]
    whole = table(lambda node, **said: said, *lockstep(("es", "ja", "ht", "prs", "hmn")))
    assert sum(whole.read(one.below("tool", "lockstep")) != whole.read(Node({}, (), one.file)) for one in examples) > 4
    assert MAPPINGS.default in [one.below("tool", "babel").value.get("mappings") for one in examples]
    for one in examples:
        MAPPINGS.of(one.below("tool", "babel"))


def test_the_schema_for_editors_is_made_from_the_declarations() -> None:
    made = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    if not SCHEMA.exists():
        SCHEMA.write_text(made, "utf-8")
        pytest.fail("docs/lockstep.schema.json was missing and is written now: read it, and commit it")
    assert made == SCHEMA.read_text("utf-8"), (
        "delete docs/lockstep.schema.json and run again to see the difference in git"
    )
