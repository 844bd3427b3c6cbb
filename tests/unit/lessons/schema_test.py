#!/usr/bin/env python3
"""The JSON Schemas in lessons/schema: all bundled lessons validate, and what is changed for the worse does not.
Exit 77: jsonschema is not installed."""
import copy
import glob
import json
import os
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.abspath(os.path.dirname(__file__) + "/../../..")
SCHEMAS = ROOT + "/lessons/schema/"


def validator(kind):
    with open(SCHEMAS + kind + ".schema.json") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver("file://" + SCHEMAS, schema))


VALIDATORS = {kind: validator(kind) for kind in ("lesson", "start", "solution", "wrong")}


def kind_of(document):
    return next(kind for kind in VALIDATORS if "cutaway_" + kind in document)


def worse(document):
    """Copies of a document, each with one mistake that a schema sees."""
    for key in document:
        missing = copy.deepcopy(document)
        del missing[key]
        if key not in ("seeds", "sides", "statuses"):
            yield "without " + key, missing
        other = copy.deepcopy(document)
        other[key] = 3.5
        yield "a number for " + key, other
    unknown = copy.deepcopy(document)
    unknown["sedes"] = 1
    yield "an unknown key", unknown


def main():
    failed, good, bad = [], 0, 0
    for path in sorted(glob.glob(ROOT + "/lessons/content/*/**/*.json", recursive=True)):
        if os.path.basename(path) == "scenario.json":
            continue
        with open(path) as file:
            document = json.load(file)
        kind = kind_of(document)
        good += 1
        for error in VALIDATORS[kind].iter_errors(document):
            failed.append("%s should validate: %s" % (path, error.message))
        for what, copied in worse(document):
            bad += 1
            if VALIDATORS[kind].is_valid(copied):
                failed.append("%s %s should not validate" % (path, what))
    print("%d good documents, %d bad ones" % (good, bad))
    print("\n".join(failed))
    sys.exit(1 if failed or good < 4 or bad < 30 else 0)


main()
