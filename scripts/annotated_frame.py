#!/usr/bin/env python3
"""Draws a record's outline and fields over its frame, for the README and for looking at results.

    scripts/annotated_frame.py examples/testimony.mp4 build/demo/testimony.jsonl --kind cn_id_portrait --out docs/images/annotated_frame.jpg

Needs Debian's python3-opencv, python3-pil and fonts-noto-cjk.
"""
import argparse
import json
import sys

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

COLOURS = {"passes": (20, 140, 60), "doubtful": (220, 120, 0), "fails": (200, 30, 30), "unchecked": (40, 90, 200)}
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def frame_at(path, index):
    video = cv2.VideoCapture(path)
    frame = None
    for _ in range(index + 1):
        ok, frame = video.read()
        if not ok:
            sys.exit(f"{path}: no frame {index}")
    return Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video")
    parser.add_argument("jsonl")
    parser.add_argument("--kind", default="cn_id_portrait")
    parser.add_argument("--frame", type=int, help="frame to draw (default: the one most fields come from)")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    with open(options.jsonl, encoding="utf8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    record = next((r for r in records if r["document"]["kind"] == options.kind), None)
    if record is None:
        sys.exit(f"no {options.kind} in {options.jsonl}")
    frames = [f["evidence"]["frame"] for f in record["fields"] if "evidence" in f]
    index = options.frame if options.frame is not None else max(set(frames), key=frames.count)
    picture = frame_at(options.video, index)
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.truetype(FONT, max(12, picture.height // 42))
    for field in record["fields"]:
        place = field.get("evidence")
        if not place or place["frame"] != index or field["key"] == "text":
            continue
        colour = COLOURS[field["status"]]
        quad = [tuple(p) for p in place["quad"]]
        draw.line(quad + quad[:1], fill=colour, width=2)
        label = f'{field["key"]} {field["value"]}  {field["confidence"]:.2f} {field["status"]}'
        x, y = min(quad)[0], max(q[1] for q in quad) + 2
        box = draw.textbbox((x, y), label, font=font)
        draw.rectangle(box, fill=(255, 255, 255, 215))
        draw.text((x, y), label, font=font, fill=colour)
    cv2.imwrite(options.out, cv2.cvtColor(np.array(picture), cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])


if __name__ == "__main__":
    main()
