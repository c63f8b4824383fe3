"""JSON Schema of the payloads, and TypeScript declarations from it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from ui.components.contract.components import PAYLOADS

_SCALARS = {
    "integer": "number",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "null": "null",
}
HEADER = "// `python -m ui.components.contract` writes this file from the payloads in Python.\n"


def schemas() -> dict[str, Any]:
    """The JSON Schema of every payload type by name."""
    _, definitions = msgspec.json.schema_components(
        PAYLOADS.values(), ref_template="#/$defs/{name}"
    )
    return dict(sorted(definitions.items()))


def json_schema() -> str:
    """The text of ``payloads.schema.json``."""
    return json.dumps({"$defs": schemas()}, indent=1) + "\n"


def declarations() -> str:
    """The text of ``payloads.d.ts``."""
    return HEADER + "\n".join(_interface(name, one) for name, one in schemas().items())


def _interface(name: str, schema: dict[str, Any]) -> str:
    required = schema["required"]
    fields = "".join(
        f"  {field}{'' if field in required else '?'}: {_type(one)};\n"
        for field, one in schema["properties"].items()
    )
    return f"export interface {name} {{\n{fields}}}\n"


def _type(schema: dict[str, Any]) -> str:
    """The TypeScript type of a JSON Schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema["type"] == "object":
        return f"Record<string, {_type(schema['additionalProperties'])}>"
    return _array(schema) if schema["type"] == "array" else _SCALARS[schema["type"]]


def _array(schema: dict[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(_type(one) for one in schema['prefixItems'])}]"
    item = _type(schema["items"])
    return f"({item})[]" if "|" in item else f"{item}[]"
