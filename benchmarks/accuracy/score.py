"""Compares the records of a scan with the truth of a clip. Pure functions, no files."""
import collections
import dataclasses
import unicodedata

import cv2
import numpy as np

# A value counts as shown when it stood whole inside the picture, uncovered, for at least so many frames.
SHOWN_FRAMES = 5
# Kinds that name no kind: reported apart from false findings.
OPEN_KINDS = ("other_document",)


def normal(key, value):
    """Form in which two values are compared: full-width folded, blanks dropped (line breaks of a zone stay)."""
    text = unicodedata.normalize("NFKC", value or "")
    text = "".join(c for c in text if c == "\n" or not c.isspace())
    if key == "fine":
        text = text.removesuffix(".00")
    return text.replace("•", "·").replace("・", "·")


def distance(a, b):
    """Edits between two strings."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def page_edits(lines, text):
    """(edits, characters) between the printed lines of a page, [(text, shown)], and what was read of it. What was not in view long
    enough may be read or left out; blanks and line breaks do not count, marks do."""
    want, free = [], []
    for line, shown in lines:
        letters = normal("", line).replace("\n", "")
        want += letters
        free += [not shown] * len(letters)
    got = normal("", text).replace("\n", "")
    if not any(not f for f in free):
        return 0, 0
    codes = np.array([ord(c) for c in got], np.int64)
    steps = np.arange(len(got) + 1, dtype=np.int64)
    row = steps.copy()
    for c, f in zip(want, free):
        cost = 0 if f else 1
        new = row + cost
        new[1:] = np.minimum(new[1:], row[:-1] + np.where(codes == ord(c), 0, cost))
        row = np.minimum.accumulate(new - steps) + steps     # insertions cost 1 each, wherever they stand
    length = sum(not f for f in free)
    return int(min(row[-1], length)), length


def iou(a, b):
    """Overlap of two convex quads, 0..1; orientation does not matter."""
    a, b = (cv2.convexHull(np.float32(q)) for q in (a, b))
    area_a, area_b = cv2.contourArea(a), cv2.contourArea(b)
    if area_a <= 0 or area_b <= 0:
        return 0.0
    inside, _ = cv2.intersectConvexConvex(a, b)
    return float(inside / (area_a + area_b - inside))


def corner_map(quad):
    """Matrix from fractions of a document to pixels of the frame, by its four corners."""
    return cv2.getPerspectiveTransform(np.float32([[0, 0], [1, 0], [1, 1], [0, 1]]), np.float32(quad))


def project(matrix, boxes):
    points = np.float32([[x + a * w, y + b * h] for x, y, w, h in boxes for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))])
    return cv2.perspectiveTransform(points[None], matrix)[0]


@dataclasses.dataclass
class Result:
    """What one clip gave. Counters are summed over clips by the table."""
    documents: list = dataclasses.field(default_factory=list)       # (kind, found)
    fields: list = dataclasses.field(default_factory=list)          # (kind, key, exact, edits, length, given)
    wrong_passes: list = dataclasses.field(default_factory=list)    # (kind, key)
    spurious: list = dataclasses.field(default_factory=list)        # kinds of records where nothing is shown
    wrong_kind: list = dataclasses.field(default_factory=list)      # (shown, said)
    repeated: int = 0                                               # the same document given twice
    open_documents: int = 0                                         # other_document where nothing is shown
    confidence: list = dataclasses.field(default_factory=list)      # (confidence, right)
    document_iou: list = dataclasses.field(default_factory=list)
    field_iou: list = dataclasses.field(default_factory=list)
    orientation: list = dataclasses.field(default_factory=list)     # turned and mirrored as shown
    pages: list = dataclasses.field(default_factory=list)           # (kind, edits, characters) of each page of text

    def add(self, other):
        for f in dataclasses.fields(self):
            setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))
        return self


def overlap(truth, record):
    d = record["document"]
    return min(truth["last_seen_s"], d["last_seen_s"]) - max(truth["first_seen_s"], d["first_seen_s"]) + 0.5


def match(truth, records):
    """[(document of the truth, record or None)] and the records left over. Kind must agree and the times overlap."""
    pairs, left = [], list(records)
    for doc in truth["documents"]:
        fit = [r for r in left if r["document"]["kind"] == doc["kind"] and overlap(doc, r) > 0]
        best = max(fit, key=lambda r: (overlap(doc, r), r["document"].get("score", 0)), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((doc, best))
    return pairs, left


def _truths(doc):
    """{(key, subject): [values]} of everything printed on a document."""
    out = collections.defaultdict(list)
    for f in doc["fields"]:
        out[f["key"], f.get("subject", 0)].append(normal(f["key"], f["value"]))
    return out


def _says(record, key, subject):
    """Values a record gives for a key, best first; a paper with one person may number it or not."""
    given = [f for f in record["fields"] if f["key"] == key and f.get("value")]
    exact = [f for f in given if f.get("subject", 0) == subject]
    return exact or ([f for f in given if f.get("subject", 0) in (0, 1)] if subject in (0, 1) else [])


def score(truth, records):
    """Result of one clip."""
    out = Result()
    pairs, left = match(truth, records)
    for doc, record in pairs:
        out.documents.append((doc["kind"], record is not None))
        for f in doc["fields"]:
            if f["in_view_frames"] < SHOWN_FRAMES:
                continue
            want = normal(f["key"], f["value"])
            values = [normal(f["key"], g["value"]) for g in _says(record, f["key"], f.get("subject", 0))] if record else []
            right = want in values
            got = want if right else (values[0] if values else "")
            out.fields.append((doc["kind"], f["key"], right, min(len(want), distance(got, want)), len(want), bool(values)))
        if record is None:
            length = page_edits([(line["text"], line["in_view_frames"] >= SHOWN_FRAMES) for line in doc.get("lines", [])], "")[1]
            if length:
                out.pages.append((doc["kind"], length, length))
            continue
        known = _truths(doc)
        shown = {(f["key"], f.get("subject", 0)) for f in doc["fields"] if f["in_view_frames"] >= SHOWN_FRAMES}
        for g in record["fields"]:
            if g["key"] == "text" or not g.get("value"):
                continue
            values = [v for (key, _), vs in known.items() if key == g["key"] for v in vs]
            if not values:
                continue
            subject = g.get("subject", 0)
            right = normal(g["key"], g["value"]) in (known.get((g["key"], subject)) or values)
            if not right and g.get("status") == "passes":
                out.wrong_passes.append((doc["kind"], g["key"]))
            if any(key == g["key"] for key, _ in shown):
                out.confidence.append((float(g.get("confidence", 0)), right))
        if doc.get("lines"):
            read = next((g["value"] for g in record["fields"] if g["key"] == "text"), "")
            out.pages.append((doc["kind"], *page_edits([(line["text"], line["in_view_frames"] >= SHOWN_FRAMES) for line in doc["lines"]], read)))
        _places(out, doc, record)
        d = record["document"]
        out.orientation.append(bool(d.get("mirrored", False) == doc["mirrored"] and d.get("rotation", 0) % 180 == doc["rotation"] % 180))
    everything = collections.defaultdict(set)
    for doc in truth["documents"]:
        for (key, _), values in _truths(doc).items():
            everything[key].update(values)
    for record in left:
        kind = record["document"]["kind"]
        near = [doc for doc in truth["documents"] if overlap(doc, record) > 0]
        if kind in OPEN_KINDS:
            out.open_documents += not near
        elif any(doc["kind"] == kind for doc in near):
            out.repeated += 1
        elif near:
            out.wrong_kind.append((near[0]["kind"], kind))
        else:
            out.spurious.append(kind)
        for g in record["fields"]:
            if g.get("status") == "passes" and g["key"] != "text" and normal(g["key"], g["value"]) not in everything[g["key"]]:
                out.wrong_passes.append((kind, g["key"]))
    return out


def _places(out, doc, record):
    """Overlap of the outlines and of the fields' evidence with the truth of the same frame."""
    by_frame = {f["frame"]: f["quad"] for f in doc["frames"]}
    d = record["document"]
    if d.get("quad") and d.get("quad_frame") in by_frame:
        out.document_iou.append(iou(d["quad"], by_frame[d["quad_frame"]]))
    boxes = {(f["key"], f.get("subject", 0)): f["boxes"] for f in doc["fields"]}
    for g in record["fields"]:
        e = g.get("evidence")
        place = boxes.get((g["key"], g.get("subject", 0)))
        if e and place and e.get("frame") in by_frame and e.get("quad"):
            points = project(corner_map(by_frame[e["frame"]]), place)
            hull = cv2.minAreaRect(points)
            out.field_iou.append(iou(e["quad"], cv2.boxPoints(hull)))


def calibration(pairs, bins=10):
    """(expected calibration error, accuracy of values at 0.9 and more, how many of those, table of bins)."""
    if not pairs:
        return None, None, 0, []
    c, r = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs], float)
    index = np.minimum((c * bins).astype(int), bins - 1)
    rows, error = [], 0.0
    for k in range(bins):
        m = index == k
        if m.any():
            rows.append((k / bins, int(m.sum()), float(c[m].mean()), float(r[m].mean())))
            error += m.sum() / len(c) * abs(c[m].mean() - r[m].mean())
    high = c >= 0.9
    return float(error), (float(r[high].mean()) if high.any() else None), int(high.sum()), rows
