"""The example clip of the repository: a speaker, a resident card held up, put down, a judgment held up and brought closer."""
import datetime

import numpy as np

from .documents import court, resident_card
from .draw import Faces
from .scene import Actor, Scene
from .values import Person, Values, check_digit


def scene(seed=4):
    rng = np.random.default_rng([seed, 1])
    v = Values(rng)
    faces = Faces(rng, "train")
    # An invented person; a birth in 1885 is nobody's number today.
    birth, code = datetime.date(1885, 6, 15), "654023"
    body = f"{code}{birth:%Y%m%d}013"
    person = Person("努尔兰·巴合提", "M", "哈萨克", birth, code, body + check_digit(body),
                    "新疆维吾尔自治区霍城县清水河镇团结村3组27号", "霍城县")
    card = resident_card.portrait_side(v, faces, person, bilingual=False)
    paper = court.one_page(v, Faces(rng, "train"), person=person, page_mm=(210, 240), body_mm=6.6, court=("霍城县人民法院", "新4023"))
    width, height = 1280, 720
    page = 0.94 * height / (paper.image.shape[0] / paper.image.shape[1] * width)
    actors = [
        Actor(card, 1.8, 6.8, scale=0.52, cx=0.50, cy=0.52, yaw=-5, pitch=6, roll=-2.5, wander=0.008, swing=1.6, glare=0.15, defocus=0.5),
        Actor(paper, 7.8, 14.7, scale=page, cx=0.5, cy=0.5, yaw=2, pitch=3, roll=1.0, wander=0.005, swing=0.9, two_hands=True,
              close_ups=[(1.6, {}), (2.5, {"scale": page * 1.42, "cy": 0.69}), (4.1, {}), (4.9, {"cy": 0.30}), (6.0, {}), (6.4, {"scale": page, "cy": .5})]),
    ]
    return Scene(width, height, 25, 15.0, seed, "train", actors, photos=False, shake=0.0025, noise=1.3, uneven=0.10, light=0.98)
