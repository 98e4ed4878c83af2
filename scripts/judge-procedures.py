# SPDX-License-Identifier: Apache-2.0
"""Judges procedure files by the JSON Schema that editors use.

Takes the path of the schema; reads one JSON text a line, the YAML of a file, and answers each with
"ok" or "bad<TAB>place<TAB>why" of the first mistake.
"""

import json
import re
import sys

import jsonschema
import yaml


class Plain(yaml.SafeLoader):
    """YAML as Etalon reads it: days are texts, and only true and false are truth values."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
validator = jsonschema.Draft202012Validator(schema)
validator.check_schema(schema)
for line in sys.stdin:
    fault = jsonschema.exceptions.best_match(validator.iter_errors(yaml.load(json.loads(line), Loader=Plain)))
    print("ok" if fault is None else "\t".join(("bad", fault.json_path, " ".join(fault.message.split())[:200])), flush=True)
