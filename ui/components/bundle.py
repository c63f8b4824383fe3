"""Joins the modules of ``ui/frontend`` into one script, so that a first visit needs one request.

Each module becomes a function that is called when the module is first loaded.  The sources use one
form of import and five of export, each beginning a line; anything else is refused.  Lines stay
where they are in their module, so that a source map is a list of offsets.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FROM = re.compile(r'^(import|export) (\{[^}]*\}) from "(\.[^"]+)";$', re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_DECLARATION = re.compile(
    r"^export ((?:async )?(?:function|class|const) )(\w+|\[[\w, ]+\])", re.MULTILINE
)  # const: bindings never change
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_WORKER = re.compile(r'new Worker\(new URL\("([^"]+)", import\.meta\.url\)')
_LOAD = """const $loaded = new Map();
/** The exports of a module by its path in ui/frontend. */
export function load(name) {
  if (!$loaded.has(name)) $loaded.set(name, $modules[name](load));
  return $loaded.get(name);
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A source file: its text, and what it becomes in a bundle.

    Parameters
    ----------
    imports, workers
        Paths of the modules that it imports, and of those that it starts as workers.
    """

    name: str
    source: str
    body: str
    imports: tuple[str, ...]
    workers: tuple[str, ...]


def read_modules(folder: Path) -> dict[str, Module]:
    """All modules below `folder`, by their path in it.

    Raises
    ------
    ValueError
        A module imports or exports in a form that bundles do not know.
    """
    paths = sorted(folder.rglob("*.js"))
    names = [path.relative_to(folder).as_posix() for path in paths]
    return {
        name: parse_module(name, path.read_text(encoding="utf-8"))
        for name, path in zip(names, paths, strict=True)
    }


def parse_module(name: str, source: str) -> Module:
    """The module `name` with that source."""

    def path_of(relative: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))

    imports: list[str] = []
    exports: list[str] = []

    def join(found: re.Match[str]) -> str:
        kind, names, relative = found.groups()
        imports.append(path_of(relative))
        if kind == "export":
            exports.extend(part.split(" as ")[-1].strip() for part in names[1:-1].split(","))
        return f"const {names.replace(' as ', ': ')} = $({json.dumps(imports[-1])});"

    def declare(found: re.Match[str]) -> str:
        exports.append(found[2].strip("[]"))
        return found[1] + found[2]

    body = _DECLARATION.sub(declare, _FROM.sub(join, source))
    body, defaults = _DEFAULT.subn("const $default = ", body)
    if other := _OTHER.search(body):
        raise ValueError(f"{name}: bundles do not know {other[0]!r}; see ui/components/bundle.py")
    returned = [*filter(None, exports), *(["default: $default"] * defaults)]
    workers = tuple(path_of(found) for found in _WORKER.findall(source))
    return Module(
        name=name,
        source=source,
        body=body.replace("import.meta.url", f"new URL({json.dumps(name)}, $root).href")
        + f"return {{ {', '.join(returned)} }};",
        imports=tuple(imports),
        workers=workers,
    )


def closure(modules: dict[str, Module], entry: str) -> list[Module]:
    """A module and all that it imports, directly or not.

    Raises
    ------
    ValueError
        Modules import each other in a circle.
    """
    done: dict[str, Module] = {}

    def visit(name: str, parents: tuple[str, ...]) -> None:
        if name in parents:
            raise ValueError(f"modules import each other: {' → '.join((*parents, name))}")
        if name not in done:
            for imported in modules[name].imports:
                visit(imported, (*parents, name))
            done[name] = modules[name]

    visit(entry, ())
    return list(done.values())


def bundle(modules: list[Module], name: str, *, run: bool = False) -> tuple[str, str]:
    """The script and the source map of a bundle.

    Parameters
    ----------
    modules
        With all that they import.
    name
        Path of the script, as a module's path.
    run
        Whether the script loads the module `name` at once, as a worker's does.
    """
    root = "../" * name.count("/") or "./"
    text = f"const $root = new URL({json.dumps(root)}, import.meta.url);\nconst $modules = {{\n"
    sections = []
    for module in modules:
        text += f"{json.dumps(module.name)}: ($) => {{\n"
        sections.append(_section(module, text.count("\n")))
        text += module.body + "\n},\n"
    text += "};\n" + _LOAD + (f"load({json.dumps(name)});\n" if run else "")
    text += f"//# sourceMappingURL={posixpath.basename(name)}.map\n"
    return text, json.dumps({"version": 3, "sections": sections})


def _section(module: Module, line: int) -> dict[str, Any]:
    """The part of an index source map for a module whose first line is `line` of the bundle."""
    mappings = ";AACA" * module.source.count("\n")
    return {
        "offset": {"line": line, "column": 0},
        "map": {
            "version": 3,
            "sources": [f"source/{module.name}"],
            "sourcesContent": [module.source],
            "mappings": f"AAAA{mappings}",
        },
    }


def scripts(folder: Path, name: str, boot: str | None = None) -> dict[str, str]:
    """The texts to serve by path: all modules below `folder` as `name`, and what runs by itself.

    That is each worker, and the module `boot`.
    """
    modules = read_modules(folder)
    made = {name: bundle(list(modules.values()), name)}
    own = {path for module in modules.values() for path in module.workers}
    for script in own | ({boot} if boot else set()):
        made[script] = bundle(closure(modules, script), script, run=True)
    texts = {path: script for path, (script, _) in made.items()}
    return texts | {f"{path}.map": source_map for path, (_, source_map) in made.items()}
