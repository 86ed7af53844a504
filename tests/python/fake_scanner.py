#!/usr/bin/python3
"""Stands in for `kualik scan` in the tests of the accuracy benchmark: gives records made from the truth beside the clip.

Mode by the first argument: perfect, corrupt (one digit of each number wrong, with status passes), silent, ghost (a document where none is).
"""
import json
import pathlib
import sys


def record(doc, mode):
    middle = doc["frames"][len(doc["frames"]) // 2]
    fields = []
    for f in doc["fields"]:
        value = f["value"]
        if mode == "corrupt" and f["key"] in ("id_number", "iin"):
            value = value[:-2] + str((int(value[-2]) + 1) % 10) + value[-1]
        fields.append({"key": f["key"], "value": value, "raw": value, "confidence": 0.95, "status": "passes", "reasons": [], "subject": f.get("subject", 0),
                       "evidence": {"frame": middle["frame"], "time_s": middle["time_s"], "quad": middle["quad"]}})
    return {"schema": "kualik.record/1",
            "document": {"kind": doc["kind"], "score": 0.9, "first_seen_s": doc["first_seen_s"], "last_seen_s": doc["last_seen_s"],
                         "rotation": doc["rotation"], "mirrored": doc["mirrored"], "quad": middle["quad"], "quad_frame": middle["frame"]},
            "fields": fields}


def main():
    mode, clip = sys.argv[1], pathlib.Path(sys.argv[3])
    truth = json.loads(clip.with_suffix(".truth.json").read_text(encoding="utf-8"))
    if mode == "silent":
        return
    for doc in truth["documents"]:
        print(json.dumps(record(doc, mode), ensure_ascii=False))
    if mode == "ghost":
        print(json.dumps({"document": {"kind": "passport", "first_seen_s": 1000.0, "last_seen_s": 1001.0}, "fields": [
            {"key": "document_number", "value": "G00000000", "status": "passes", "confidence": 0.9}]}))


if __name__ == "__main__":
    main()
