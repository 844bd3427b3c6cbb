#!/usr/bin/env python3
"""The JSON Schemas in spec/schema: all bundled documents and the good ones of the tests validate, the bad ones do
not (but for those whose mistake no schema can see). Exit 77: jsonschema is not installed."""
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
SCHEMAS = ROOT + "/spec/schema/"


def validator(name):
    with open(SCHEMAS + name) as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    resolver = jsonschema.RefResolver("file://" + SCHEMAS, schema)
    return jsonschema.Draft7Validator(schema, resolver=resolver)


KINDS = ("scenario", "litmus", "moment", "claims")
VALIDATORS = {kind: validator(kind + ".schema.json") for kind in KINDS}


def problem(document):
    named = [kind for kind in KINDS if isinstance(document, dict) and "cutaway_" + kind in document]
    kind = named[0] if named else "scenario"
    errors = list(VALIDATORS[kind].iter_errors(document))
    return str(jsonschema.exceptions.best_match(errors)) if errors else ""


def main():
    failed, good, bad = [], 0, 0
    paths = glob.glob(ROOT + "/tests/unit/spec/data/good/*.json")
    paths += glob.glob(ROOT + "/scenarios/content/**/*.json", recursive=True)
    for path in paths:
        with open(path) as file:
            document = json.load(file)
        if not isinstance(document, dict) or not {"cutaway_" + kind for kind in KINDS} & set(document):
            continue
        good += 1
        if problem(document):
            failed.append("%s should validate: %s" % (path, problem(document)))
    with open(ROOT + "/tests/unit/spec/data/bad.json") as file:
        cases = json.load(file)
    for case in cases:
        try:
            document = json.loads("\n".join(case["lines"]))
        except ValueError:
            continue
        if "cutaway_litmus" not in document and case["kind"] == "litmus":
            continue
        bad += 1
        found = problem(document)
        if case["schema"] and not found:
            failed.append("%s: %s should not validate" % (case["kind"], case["name"]))
    print("%d good documents, %d bad ones" % (good, bad))
    for line in failed:
        print(line)
    if good < 4 or bad < 90:
        print("too few documents: where are they?")
    sys.exit(1 if failed or good < 4 or bad < 90 else 0)


main()
