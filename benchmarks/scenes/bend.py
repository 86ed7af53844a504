"""Paper that is curved or folded: a sheet cut into strips, each of them flat, so that lengths on the paper stay what they are.

A bend turns about lines across one direction of the sheet (`axis`, degrees: 0 bends from left to right, so that lines of print become
arcs; 90 from top to bottom, as paper sags). `turns` are the angles of the strips against the flat sheet, `cuts` the places between
them as shares of the sheet along that direction. Two families stand on the two sides of the split: even arcs (train), and curls that
tighten towards one edge (measure); their creases lie elsewhere too.
"""
import dataclasses

import cv2
import numpy as np

from . import motion

STRIPS = 24
LAMP = np.array([0.35, 0.45, 0.82])     # light from above and from the left, against the way that paper faces


@dataclasses.dataclass
class Bend:
    axis: float             # degrees
    cuts: np.ndarray        # n - 1 places between n strips, 0..1
    turns: np.ndarray       # n angles, degrees
    smooth: bool = True     # a curve, shaded as one; a fold has an edge


def draw(rng, family):
    """A curl or a fold, drawn anew for each sheet."""
    even = family == "sines"
    if rng.random() < 0.6:
        at = (np.arange(STRIPS) + 0.5) / STRIPS
        span = rng.uniform(15, 60) * rng.choice([-1, 1])                    # from the first strip to the last
        course = at if even else at ** rng.uniform(1.4, 2.2)
        if not even and rng.random() < 0.5:
            course = 1 - course[::-1]
        axis = (0.0 if rng.random() < 0.6 else 90.0) + rng.uniform(-18, 18)
        return Bend(axis, np.arange(1, STRIPS) / STRIPS, span * (course - course.mean()))
    creases = [[1 / 2], [1 / 3, 2 / 3]] if even else [[0.45], [0.28, 0.6]]
    cuts = np.array(creases[int(rng.integers(2))]) + rng.normal(0, 0.01)
    turns = np.zeros(len(cuts) + 1)
    for k in range(len(cuts)):                                              # a letter's folds stand against each other
        turns[k + 1] = turns[k] + rng.uniform(8, 30) * (-1) ** k
    turns *= rng.choice([-1, 1])
    return Bend(90.0 if len(cuts) > 1 or rng.random() < 0.6 else 0.0, cuts, turns - turns.mean(), smooth=False)


class Sheet:
    """One bent sheet in one frame: where its points stand in the picture.

    `strength` scales the angles: a hand holds paper a little tighter, then looser.
    """

    def __init__(self, bend, doc_w, doc_h, frame_w, frame_h, pose, focal, strength=1.0):
        self.bend = bend
        tall = doc_h / doc_w
        a = np.radians(bend.axis)
        self.along = np.array([np.cos(a), np.sin(a)])
        ends = np.array([[x, y] for x in (-.5, .5) for y in (-.5 * tall, .5 * tall)]) @ self.along
        low, high = ends.min(), ends.max()
        self.edges = np.concatenate([[low], low + bend.cuts * (high - low), [high]])
        self.units = np.array([[1 / doc_w, 0, -0.5], [0, 1 / doc_w, -0.5 * tall], [0, 0, 1.0]])
        turns = np.radians(bend.turns * strength)
        steps = np.diff(self.edges)
        path = np.concatenate([[[0, 0]], np.cumsum(np.column_stack([np.cos(turns), np.sin(turns)]) * steps[:, None], 0)])
        middle = np.array([np.interp(0.5 * (low + high), self.edges, path[:, k]) for k in range(2)])
        path = path - middle + [0.5 * (low + high), 0]                      # the middle of the sheet stays where it is
        k, r, t = motion.view(frame_w, frame_h, pose, focal)
        self.matrices, self.facing, self.depths = [], [], []
        across = np.array([-self.along[1], self.along[0]])
        for i, turn in enumerate(turns):
            # (x, y, 1) of the flat sheet to (x, y, z) of the bent one: along the strip, across it, and its beginning
            lift = np.zeros((3, 3))
            lift[:2, :2] = np.cos(turn) * np.outer(self.along, self.along) + np.outer(across, across)
            lift[2, :2] = np.sin(turn) * self.along
            lift[:2, 2] = (path[i, 0] - np.cos(turn) * self.edges[i]) * self.along
            lift[2, 2] = path[i, 1] - np.sin(turn) * self.edges[i]
            m = k @ (r @ lift + np.outer(t, [0, 0, 1])) @ self.units
            self.matrices.append(m / m[2, 2])
            self.facing.append(r @ np.array([*(-np.sin(turn) * self.along), np.cos(turn)]))
            self.depths.append((r @ [*(path[i, 0] * self.along), path[i, 1]] + t)[2])

    def strip(self, points):
        """The strip that each point of the sheet (document pixels) lies on; what lies beyond the edges belongs to the outer ones."""
        u = (np.column_stack([points, np.ones(len(points))]) @ self.units.T)[:, :2] @ self.along
        return np.clip(np.searchsorted(self.edges, u) - 1, 0, len(self.matrices) - 1)

    def project(self, points):
        points = np.asarray(points, np.float64)
        which = self.strip(points)
        out = np.empty((len(points), 2))
        for k in set(which.tolist()):
            out[which == k] = motion.project(self.matrices[k], points[which == k])
        return out

    def outline(self, w, h):
        """Points along the edges of a canvas that reaches from w[0] to w[1] and h[0] to h[1], document pixels."""
        x, y = np.linspace(*w, 2 * STRIPS), np.linspace(*h, 2 * STRIPS)
        return np.concatenate([np.column_stack([x, np.full(len(x), e)]) for e in h] + [np.column_stack([np.full(len(y), e), y]) for e in w])

    def render(self, canvas, to_doc, shake, x0, y0, w, h):
        """The part of the picture at x0, y0 with the sheet on it. `to_doc` takes pixels of the canvas (premultiplied BGRA) to those of
        the document, `shake` the steady picture to the shaken one."""
        ch, cw = canvas.shape[:2]
        map_x, map_y, light = np.full((h, w), -2, np.float32), np.full((h, w), -2, np.float32), np.ones((h, w), np.float32)
        corners = motion.project(to_doc, np.float64([[0, 0], [cw, 0], [cw, ch], [0, ch]]))
        to_canvas = np.linalg.inv(to_doc)
        shift = np.array([[1, 0, x0], [0, 1, y0], [0, 0, 1.0]])
        usual = np.mean(self.facing, axis=0) @ LAMP
        for i in np.argsort(self.depths)[::-1]:
            low = -np.inf if i == 0 else self.edges[i]
            high = np.inf if i == len(self.matrices) - 1 else self.edges[i + 1]
            polygon = _between(corners, self.units, self.along, low, high)
            if len(polygon) < 3:
                continue
            seen = motion.project(shake @ self.matrices[i], polygon) - [x0, y0]
            mask = np.zeros((h, w), np.uint8)
            cv2.fillConvexPoly(mask, np.round(seen * 16).astype(np.int32), 1, cv2.LINE_8, 4)
            rows, columns = np.nonzero(mask)
            inverse = to_canvas @ np.linalg.inv(shake @ self.matrices[i]) @ shift
            at = motion.project(inverse, np.column_stack([columns, rows]).astype(np.float64))
            map_x[rows, columns], map_y[rows, columns] = at[:, 0], at[:, 1]
            light[rows, columns] = 1 + 0.9 * (self.facing[i] @ LAMP - usual)
        if self.bend.smooth:
            light = cv2.GaussianBlur(light, (0, 0), max(1.0, 0.02 * w))
        roi = cv2.remap(canvas, map_x, map_y, cv2.INTER_LINEAR)
        light = np.clip(light, 0.55, 1.12)[..., None]
        roi[..., :3] = np.minimum(roi[..., :3] * light, roi[..., 3:]).astype(np.uint8)
        return roi


def _between(corners, units, along, low, high):
    """The part of a convex polygon (document pixels) whose place along the bend lies from `low` to `high`."""
    points = [np.asarray(p, np.float64) for p in corners]
    place = lambda p: float((units @ [p[0], p[1], 1])[:2] @ along)
    for limit, side in ((low, 1), (high, -1)):
        if not np.isfinite(limit):
            continue
        kept = []
        for p, q in zip(points, points[1:] + points[:1]):
            a, b = side * (place(p) - limit), side * (place(q) - limit)
            if a >= 0:
                kept.append(p)
            if (a > 0 > b) or (a < 0 < b):
                kept.append(p + (q - p) * a / (a - b))
        points = kept
        if not points:
            break
    return np.array(points)
