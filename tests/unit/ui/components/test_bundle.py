"""The modules of the front end as one script."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ui.components import bundle
from ui.components.assets import _FRONTEND

NODE = Path(__file__).resolve().parents[4] / ".venv" / "bin" / "node"
SOURCES = {
    "a.js": 'import {\n  two as second,\n  three,\n} from "./sub/b.js";\n'
    "export default [second, three()];\n",
    "sub/b.js": 'export { four } from "../c.js";\nexport const two = 2;\n'
    "export async function later() {}\nexport function three() {\n  return two + 1;\n}\n",
    "c.js": "export const [four, five] = [4, 5];\nexport class Six {}\n"
    "export const here = import.meta.url;\n",
    "worker.js": 'import { four } from "./c.js";\nself.found = four;\n',
    "start.js": 'new Worker(new URL("./worker.js", import.meta.url), { type: "module" });\n',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text)
    return tmp_path / "in"


def run(path: Path, program: str) -> object:
    text = f"globalThis.self = globalThis; import('{path}').then((app) => {{ {program} }})"
    said = subprocess.run([NODE, "-e", text], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def written(folder: Path) -> Path:
    """The folder with all scripts that are made of the modules in `folder`."""
    out = folder.parent / "out"
    for name, text in bundle.scripts(folder, "app.mjs").items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text)
    return out


def test_a_module_of_a_bundle_has_the_exports_that_it_has_alone(folder: Path):
    out = written(folder)
    show = "console.log(JSON.stringify([app.load('a.js').default, app.load('sub/b.js').four]))"
    assert run(out / "app.mjs", show) == [[2, 3], 4]
    names = "console.log(JSON.stringify(Object.keys(app.load('c.js'))))"
    assert run(out / "app.mjs", names) == ["four", "five", "Six", "here"]


def test_a_module_is_run_once_and_finds_files_beside_itself(folder: Path):
    out = written(folder)
    same = "console.log(app.load('c.js').Six === app.load('c.js').Six)"
    assert run(out / "app.mjs", same) is True
    here = "console.log(JSON.stringify(app.load('c.js').here))"
    assert run(out / "app.mjs", here) == (out / "c.js").as_uri()


def test_a_worker_is_a_script_of_its_own_that_runs_at_once(folder: Path):
    out = written(folder)
    assert sorted(p.name for p in out.iterdir() if p.suffix != ".map") == ["app.mjs", "worker.js"]
    (out / "worker.js").rename(out / "worker.mjs")
    assert run(out / "worker.mjs", "console.log(self.found)") == 4


def test_the_source_map_leads_to_the_line_of_the_source(folder: Path):
    script, text = bundle.bundle(list(bundle.read_modules(folder).values()), "app.mjs")
    lines = script.split("\n")
    sections = {part["map"]["sources"][0]: part for part in json.loads(text)["sections"]}
    part = sections["source/sub/b.js"]
    first = part["offset"]["line"]
    assert lines[first + 1] == "const two = 2;"
    assert part["map"]["sourcesContent"] == [SOURCES["sub/b.js"]]
    assert part["map"]["mappings"].count(";") == SOURCES["sub/b.js"].count("\n")


@pytest.mark.parametrize(
    "line",
    ['import "./b.js";', 'import * as b from "./b.js";', "export let x = 1;", "export { x };"],
)
def test_another_form_of_import_or_export_is_refused(line: str):
    with pytest.raises(ValueError, match=r"a\.js"):
        bundle.parse_module("a.js", f"{line}\n")


def test_modules_that_import_each_other_are_refused():
    sources = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    modules = {name: bundle.parse_module(name, text) for name, text in sources.items()}
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        bundle.closure(modules, "a.js")


def test_no_modules_of_the_app_import_each_other():
    modules = bundle.read_modules(_FRONTEND)
    for name in modules:
        bundle.closure(modules, name)


def test_every_module_of_the_app_is_valid_in_the_bundle(tmp_path: Path):
    for name, text in bundle.scripts(_FRONTEND, "app.js").items():
        if not name.endswith(".map"):
            path = tmp_path / Path(name).with_suffix(".mjs").name
            path.write_text(text)
            subprocess.run([NODE, "--check", path], check=True)
