"""Who is on call, in the most naive way: an oracle for `crates/oncall`, written from docs/design/on-call.md.

Stdin: a line with zones and years, then a line per case. Stdout: a line for each. Everything is JSON; instants are
milliseconds since 1970. For zones the answer is each zone's changes of the clocks, hour by hour, or null when the zone is
not there. For a case it is one text per instant: the people, `|`, and why.

Every hand-over is counted from the layer's start and written down; then one list is looked through for each instant.
"""

import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def zone_of(name):
    return timezone.utc if name == "UTC" else ZoneInfo(name)


def wall_clock(at, zone):
    return (EPOCH + timedelta(milliseconds=at)).astimezone(zone).replace(tzinfo=None)


def instant(wall, zone):
    """The first, where the clock shows it twice; counted on from before, where it is left out (PEP 495, fold=0)."""
    return int(wall.replace(tzinfo=zone, fold=0).timestamp()) * 1000


def changes(name, years):
    try:
        zone = zone_of(name)
    except Exception:
        return None
    found, before = [], None
    at = datetime(years[0], 1, 1, tzinfo=timezone.utc)
    while at.year <= years[1]:
        offset = int(at.astimezone(zone).utcoffset().total_seconds()) // 60
        if offset != before:
            found.append([int(at.timestamp()) * 1000, offset])
            before = offset
        at += timedelta(hours=1)
    return found


def hand_overs(layer, zone, last):
    """The instant of each hand-over by number, on until the wall clock is two days past the last instant asked for."""
    year, month, day, minute = layer["start"]
    start = datetime(year, month, day) + timedelta(minutes=minute)
    unit, count = layer["shift"]
    shift = timedelta(**{unit: count})
    stop = wall_clock(last, zone) + timedelta(days=2)
    found = []
    while start + len(found) * shift <= stop or not found:
        found.append(instant(start + len(found) * shift, zone))
    return found


def windows(restriction, zone, first, last):
    weekdays, start, end = restriction
    midnight = datetime.combine(wall_clock(first, zone).date(), datetime.min.time()) - timedelta(days=4)
    stop = wall_clock(last, zone) + timedelta(days=4)
    found = []
    while midnight <= stop:
        if weekdays & (1 << (midnight.isoweekday() % 7)):
            ends_on = midnight + timedelta(days=1) if end <= start else midnight
            found.append(
                (instant(midnight + timedelta(minutes=start), zone), instant(ends_on + timedelta(minutes=end), zone))
            )
        midnight += timedelta(days=1)
    return found


def prepare(layer, first, last):
    zone = zone_of(layer["zone"])
    overs = hand_overs(layer, zone, last)
    begins = overs[0]
    end = layer["end"]
    ends = None
    if end is not None:
        ends = instant(datetime(*end[:3]) + timedelta(minutes=end[3]), zone)
    # Of those that have come before the first instant asked for, only the last by number can matter.
    known = max((number for number, at in enumerate(overs) if at <= first), default=0)
    numbered = [(number, at) for number, at in enumerate(overs) if number >= known]
    restricted = [window for each in layer["restrictions"] for window in windows(each, zone, first, last)]
    return layer, begins, ends, numbered, restricted


def of_layer(prepared, at):
    layer, begins, ends, numbered, restricted = prepared
    if at < begins or (ends is not None and at >= ends):
        return None
    if layer["restrictions"] and not any(start <= at < end for start, end in restricted):
        return None
    number = max(number for number, comes in numbered if comes <= at)
    turn = number % len(layer["turns"])
    return layer["turns"][turn], f"{layer['name']} {turn + 1}/{len(layer['turns'])}"


def each_once(people):
    return list(dict.fromkeys(people))


def answer(case, layers, at):
    people, why = [], "nobody"
    for prepared in layers:
        found = of_layer(prepared, at)
        if found:
            people, why = each_once(found[0]), found[1]
    for override in case["overrides"]:
        if not override["from"] <= at < override["until"]:
            continue
        if override["replaces"] is None:
            people, why = each_once(override["people"]), override["why"]
        elif override["replaces"] in people:
            place = people.index(override["replaces"])
            people = each_once(people[:place] + override["people"] + people[place + 1 :])
            why = override["why"]
    return ",".join(people) + "|" + why


def main():
    asked = json.loads(sys.stdin.readline())
    print(json.dumps({name: changes(name, asked["years"]) for name in asked["zones"]}), flush=True)
    for line in sys.stdin:
        case = json.loads(line)
        first, last = min(case["instants"]), max(case["instants"])
        layers = [prepare(layer, first, last) for layer in case["layers"]]
        print(json.dumps([answer(case, layers, at) for at in case["instants"]]), flush=True)


main()
