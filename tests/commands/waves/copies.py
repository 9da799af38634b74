#!/usr/bin/env python3
"""copies.py RECORDS COUNT: the records so many times over, each time of other people: every id and cohort gets the copy's number."""
import json
import re
import sys

lines = open(sys.argv[1], encoding="utf-8").readlines()
names = {record[key] for record in map(json.loads, lines) for key in ("id", "cohort") if record.get(key)}
name = re.compile('"(' + "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True)) + ')"')
for copy in range(int(sys.argv[2])):
    for line in lines:
        sys.stdout.write(name.sub(lambda found: f'"{found.group(1)}-{copy}"', line))
