"""Invented persons, numbers, courts and dates. Nothing here is about anybody.

Births lie in 1850-1899 unless `any_date` is asked for; numbers of the latter kind are for clips that are made and dropped while a
benchmark runs, and must never be stored in the tree (a valid number with a living age may belong to someone).
"""
import dataclasses
import datetime
import functools

from .split import ROOT, rows

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)     # GB 11643-1999, ISO 7064 MOD 11-2
CARD_FORM = {"维吾尔": 0.36, "哈萨克": 0.36, "汉": 0.1, "回": 0.08, "柯尔克孜": 0.05, "蒙古": 0.02, "锡伯": 0.02, "乌孜别克": 0.01}
SURNAMES = {"王": "WANG", "李": "LI", "张": "ZHANG", "刘": "LIU", "陈": "CHEN", "杨": "YANG", "赵": "ZHAO", "黄": "HUANG", "周": "ZHOU",
            "吴": "WU", "徐": "XU", "孙": "SUN", "马": "MA", "朱": "ZHU", "胡": "HU", "郭": "GUO", "何": "HE", "林": "LIN", "高": "GAO",
            "罗": "LUO", "梁": "LIANG", "宋": "SONG", "郑": "ZHENG", "谢": "XIE", "韩": "HAN", "唐": "TANG", "冯": "FENG", "董": "DONG"}
GIVEN = {"伟": "WEI", "芳": "FANG", "娜": "NA", "敏": "MIN", "静": "JING", "丽": "LI", "强": "QIANG", "磊": "LEI", "军": "JUN", "洋": "YANG",
         "勇": "YONG", "艳": "YAN", "杰": "JIE", "娟": "JUAN", "涛": "TAO", "明": "MING", "超": "CHAO", "秀": "XIU", "兰": "LAN",
         "霞": "XIA", "平": "PING", "刚": "GANG", "桂": "GUI", "英": "YING", "华": "HUA", "玉": "YU", "梅": "MEI", "建": "JIAN",
         "国": "GUO", "文": "WEN", "辉": "HUI", "海": "HAI", "东": "DONG", "新": "XIN", "成": "CHENG", "志": "ZHI", "红": "HONG"}
STREETS = ["解放路", "人民路", "团结路", "友好路", "光明街", "幸福路", "新华西路", "斯大林街", "胜利巷", "北京路", "红旗街", "文化路"]
TOWNS = ["清水河镇", "三道河子乡", "萨尔布拉克镇", "胡吉尔台乡", "喀拉苏乡", "城关镇", "阿克塔斯乡", "良种场", "巴依托海镇", "卡拉盖力镇",
         "水定镇", "芦草沟镇", "兰干乡", "莫乎尔乡", "种羊场", "惠远镇"]
VILLAGES = ["阿克吐别克村", "团结村", "喀让古托海村", "塔斯阿格孜村", "多浪村", "东梁村", "色勒克特别克村", "红星村", "阿勒玛勒村", "下泉村"]
CHARGES = ["宣扬极端主义罪", "聚众扰乱社会秩序罪", "寻衅滋事罪", "非法持有宣扬极端主义物品罪", "参加恐怖组织罪", "窝藏、包庇罪", "煽动民族仇恨、民族歧视罪",
           "利用极端主义破坏法律实施罪", "组织、利用会道门、邪教组织、利用迷信破坏法律实施罪", "煽动分裂国家罪", "帮助恐怖活动罪", "准备实施恐怖活动罪",
           "宣扬恐怖主义、极端主义罪", "诈骗罪"]
SCHOOLING = ["文盲", "小学文化", "初中文化", "高中文化", "中专文化", "大学本科文化"]
TRADES = ["农民", "牧民", "无业", "个体经营", "教师", "司机", "退休工人"]
KZ_SURNAME_END = (("ОВ", "ОВА"), ("ҰЛЫ", "ҚЫЗЫ"), ("ЕВ", "ЕВА"))
KZ_ASCII = dict(zip("АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
                    ["A", "A", "B", "V", "G", "G", "D", "E", "E", "ZH", "Z", "I", "I", "K", "K", "L", "M", "N", "N", "O", "O", "P", "R", "S", "T",
                     "U", "U", "U", "F", "KH", "KH", "TS", "CH", "SH", "SHCH", "", "Y", "I", "", "E", "IU", "IA"]))


def check_digit(seventeen):
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS)) % 11]


def mrz_digit(text):
    values = [0 if c == "<" else int(c) if c.isdigit() else ord(c) - 55 for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def iin_digit(eleven):
    """Check digit of a Kazakh IIN; None where the number is never issued."""
    digits = [int(d) for d in eleven]
    r = sum(d * (i + 1) for i, d in enumerate(digits)) % 11
    if r == 10:
        r = sum(d * w for d, w in zip(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))) % 11
    return None if r == 10 else str(r)


@functools.lru_cache(None)
def _tables():
    data = ROOT / "data"
    names = [("kazakh", r["hans"], r["sex"], r["role"], r["cyrl"]) for r in rows(data / "names" / "kazakh_parts.tsv")]
    names += [("uyghur", r["hans"], r["sex"], "given", "") for r in rows(data / "names" / "uyghur_parts.tsv")]
    regions = [r for r in rows(data / "regions.tsv") if r["level"] == "county" and r["class"] == "gb" and not r["year_to"] and r["year_from"]]
    parents = {r["code"][:4]: r["name"] for r in rows(data / "regions.tsv") if r["level"] == "prefecture" and not r["year_to"]}
    provinces = {r["code"][:2]: r["name"] for r in rows(data / "regions.tsv") if r["level"] == "province" and not r["year_to"]}
    courts = [r for r in rows(data / "courts.tsv") if r["level"] == "basic" and r["basis"].startswith("list")]
    return names, regions, parents, provinces, courts


@dataclasses.dataclass
class Person:
    name: str
    sex: str            # M, F
    ethnicity: str
    birth: datetime.date
    code: str
    id_number: str
    address: str
    region: str
    surname: str = ""
    given: str = ""
    latin: tuple = ("", "")


class Values:
    """Draws values from one generator."""

    def __init__(self, rng, any_date=False):
        self.rng, self.any_date = rng, any_date

    def pick(self, seq):
        return seq[int(self.rng.integers(len(seq)))]

    def int(self, low, high):
        return int(self.rng.integers(low, high + 1))

    def chance(self, p):
        return bool(self.rng.random() < p)

    def date(self, first, last):
        return datetime.date(first, 1, 1) + datetime.timedelta(days=self.int(0, (last - first + 1) * 365 - 1))

    def birth(self):
        return self.date(1945, 2004) if self.any_date else self.date(1850, 1899)

    def region(self):
        _, regions, parents, provinces, _ = _tables()
        xinjiang = [r for r in regions if r["code"].startswith("65")]
        r = self.pick(xinjiang if self.chance(0.8) else regions)
        return r["code"], r["name"], parents.get(r["code"][:4], ""), provinces.get(r["code"][:2], "")

    def id_number(self, code, birth, sex):
        serial = self.int(1, 489) * 2 + (1 if sex == "M" else 0)
        body = f"{code}{birth:%Y%m%d}{serial:03d}"
        return body + check_digit(body)

    def minority_name(self, people, sex):
        """given·father, two to fifteen characters with the dot."""
        names = _tables()[0]
        while True:
            given = self.pick([n for n in names if n[0] == people and n[2] in (sex.lower(), "mf") and "given" in n[3]])
            father = self.pick([n for n in names if n[0] == people and n[2] in ("m", "mf") and "given" in n[3]])
            name = self.pick(given[1].split("/")) + "·" + self.pick(father[1].split("/"))
            if given[1] != father[1] and len(name) <= 15:
                return name

    def han_name(self):
        surname = self.pick(list(SURNAMES))
        given = "".join(self.pick(list(GIVEN)) for _ in range(self.int(1, 2)))
        return surname, given, (SURNAMES[surname], "".join(GIVEN[c] for c in given))

    def address(self, region):
        code, county, parent, province = region
        head = (province if self.chance(0.7) and province else "") + (parent if parent and parent != county and self.chance(0.3) else "")
        style = self.int(0, 2)
        if style == 0:
            tail = f"{self.pick(STREETS)}{self.int(1, 399)}号"
        elif style == 1:
            tail = f"{self.pick(STREETS)}{self.int(1, 99)}号院{self.int(1, 30)}号楼{self.int(1, 6)}单元{self.int(1, 6)}0{self.int(1, 4)}室"
        else:
            tail = f"{self.pick(TOWNS)}{self.pick(VILLAGES)}{self.int(1, 12)}组{self.int(1, 99)}号"
        text = head + county + tail
        return text if len(text) <= 33 else county + tail

    def person(self, ethnicity=None):
        sex = "M" if self.chance(0.6) else "F"
        if ethnicity is None:
            kinds = list(CARD_FORM)
            ethnicity = kinds[int(self.rng.choice(len(kinds), p=[v / sum(CARD_FORM.values()) for v in CARD_FORM.values()]))]
        surname = given = ""
        latin = ("", "")
        if ethnicity in ("维吾尔", "乌孜别克"):
            name = self.minority_name("uyghur", sex)
        elif ethnicity in ("哈萨克", "柯尔克孜"):
            name = self.minority_name("kazakh", sex)
        else:
            surname, given, latin = self.han_name()
            name = surname + given
        region = self.region()
        birth = self.birth()
        return Person(name, sex, ethnicity, birth, region[0], self.id_number(region[0], birth, sex), self.address(region), region[1],
                      surname, given, latin)

    def kz_person(self):
        """Names in Kazakh Cyrillic, upper case, with the passport's Latin."""
        sex = "M" if self.chance(0.55) else "F"
        givens = [n[4].upper() for n in _tables()[0] if n[0] == "kazakh" and "given" in n[3] and n[2] in (sex.lower(), "mf")]
        fathers = [n[4].upper() for n in _tables()[0] if n[0] == "kazakh" and "given" in n[3] and n[2] in ("m", "mf")]
        givens, fathers = [g for g in givens if g.isalpha()], [f for f in fathers if f.isalpha()]
        i = 0 if sex == "M" else 1
        end = self.pick(KZ_SURNAME_END[:1] + KZ_SURNAME_END[2:])
        surname, given = self.pick(fathers) + end[i], self.pick(givens)
        patronymic = self.pick(fathers) + (("ҰЛЫ", "ҚЫЗЫ")[i] if self.chance(0.6) else ("ОВИЧ", "ОВНА")[i])
        birth = self.birth()
        while True:
            century = {18: 1, 19: 3, 20: 5}[birth.year // 100] + (0 if sex == "M" else 1)
            eleven = f"{birth:%y%m%d}{century}{self.int(0, 9999):04d}"
            if iin_digit(eleven) is not None:
                break
        latin = tuple("".join(KZ_ASCII.get(c, "") for c in part) for part in (surname, given))
        return dict(surname=surname, given=given, patronymic=patronymic, sex=sex, birth=birth, iin=eleven + iin_digit(eleven), latin=latin)

    def court(self):
        """(printed name, code, region name, division) of a basic court."""
        courts = _tables()[4]
        xin = [c for c in courts if c["code"].startswith("新")]
        c = self.pick(xin if self.chance(0.85) else courts)
        return c["name"], c["code"]


HAN = "〇一二三四五六七八九"


def han_number(n):
    """1-99 in Han digits as a sentence is written: 十, 十二, 二十."""
    if n < 10:
        return HAN[n] if n else "零"
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else HAN[tens]) + "十" + (HAN[ones] if ones else "")


def han_date(d):
    return "".join(HAN[int(c)] for c in str(d.year)) + "年" + han_number(d.month) + "月" + han_number(d.day) + "日"


def plain_date(d):
    return f"{d.year}年{d.month}月{d.day}日"


def add_term(start, years, months):
    """Last day of a term: start + term - 1 day (court practice; see the table of sentences)."""
    total = start.month - 1 + months + years * 12
    year, month = start.year + total // 12, total % 12 + 1
    day = start.day
    while True:
        try:
            return datetime.date(year, month, day) - datetime.timedelta(days=1)
        except ValueError:
            day -= 1
