"""The JSON schema of an answer: as narrow as the rules of a plot allow, or without bounds.

A model writes by a grammar that many servers make of the schema: what the schema lets through, a
weak model writes, and what has no end it does not end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

# `Model.field` → keywords that its schema has beside.
Bounds = Mapping[str, Mapping[str, Any]]
Schema = dict[str, Any]

LENGTHS = frozenset({"minLength", "maxLength", "pattern"})
LISTS = frozenset({"minItems", "maxItems"})
# What a value without bounds is counted as, and what a key or value takes beside its letters.
_UNBOUNDED, _SIGNS = 200, 12


def bounded(answer: type[BaseModel], bounds: Bounds) -> Schema:
    """The schema of a model with bounds put in."""
    schema: Schema = answer.model_json_schema()
    for path, keywords in bounds.items():
        model, _, name = path.partition(".")
        node = schema if model == answer.__name__ else schema["$defs"][model]
        node["properties"][name] = {**node["properties"][name], **keywords}
    return schema


def without(schema: Schema, keywords: frozenset[str]) -> Schema:
    """The same schema without some of its keywords. Names of properties are no keywords."""
    kept: Schema = {}
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            kept[key] = {name: without(child, keywords) for name, child in value.items()}
        elif key not in keywords:
            kept[key] = without(value, keywords) if isinstance(value, dict) else value
    return kept


def longest(schema: Schema) -> int:
    """The letters that an answer within the bounds takes at most, with its JSON."""
    return _longest(schema, schema.get("$defs", {}))


def _longest(node: Schema, named: Mapping[str, Schema]) -> int:
    if reference := node.get("$ref"):
        return _longest(named[reference.rpartition("/")[2]], named)
    if values := node.get("enum"):
        return max(len(str(value)) for value in values) + _SIGNS
    match node.get("type"):
        case "object":
            fields = node["properties"].items()
            return sum(len(name) + _SIGNS + _longest(child, named) for name, child in fields)
        case "array":
            return int(node.get("maxItems", 8)) * _longest(node["items"], named) + _SIGNS
    return int(node.get("maxLength", _UNBOUNDED)) + _SIGNS
