"""What the synthetic lines say: the character sets of the readers and samplers of plausible and of random text.

Names, places, charges and courts come from the project's fact tables in data/; no text of any document is used. Numbers are drawn digit by digit without a check digit rule, so that
the readers learn shapes and not the rule that later checks them.
"""
import csv
import pathlib
import random

DATA = pathlib.Path(__file__).resolve().parents[2]

DIGITS = "0123456789"
CAPS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MRZ = DIGITS + CAPS + "<"
DIGITS_MRZ = MRZ + ".-/"
HAN_EXTRA = DIGITS + CAPS + "·、，。：；（）〔〕《》“”〇.-/:()[]×*—"
KAZAKH = "ӘҒҚҢӨҰҮҺІ"
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
# Latin capitals that no Cyrillic letter looks like; the others are read as their Cyrillic twins.
CYRILLIC = RUSSIAN + KAZAKH + (RUSSIAN + KAZAKH).lower() + DIGITS + " .,-/:()«»№\"" + "DFGJLNQRSUVWZ"

# Characters of personal names that the fact tables and level 1 of GB 2312 lack.
NAME_ONLY = (
    "昇堃喆犇翀瑄曌婷昊晟睿瑾璇璐婧娟妍姝娅娜嫣茜菁茵莉蕾薇鑫淼焱垚烨炜煜熠琦琪琳珂珊玮玥珺珏珈琛琰璟璋璞瑜瑗祺禧祎褚"
    "翊翌羿颖颢颉骏骁骐骥鹏鸢麒麟黛皓皎晗晖晔曦旻旸昕昀昱晞暄朦钰铭锴锟镕钊铮霖雯霏霁霆韬彧彤弘徽忻怡恺悦恬惟懿泓泽沁"
    "沛涵淇淳渝滢潇澜瀚灏梓栩桐桦楠榕槿毅筠箐萱菡蓓蓉蔚蕊虞诗谦谊赟轩辰逸遥郜邵闫闵阎冉冀佟佘侃俞倩偲僖兮凯勋匡卞厉"
    "喻嘉囡坤垣奕奚妮姗婉婕媛孜宓宥寇尉尧屹岑岚峥崔嵇嵘巍庚廖彪晁桑梵濮阮靳璎珞瑛璨缪臧戚柯甄翟谌谯邬鄢郗阚闾隗雒"
    "颛鲍麴龚亓仝仉佴僮冼卢吕呙墨奭妫姒娄宦尹岳庞廉彭戎扈揭斛昝暨朱束柏栾桓樊檀殳殷汤汪沃沈沙泠洪浦涂淡温游湛滑漆潘"
    "牟牧狄猗班璩甯畅白皇盛盖盘相眭瞿祁禄秋程穆窦竺竹笪简管籍糜红纪缑羊翁耿聂胡胥胶艾芦花苌苍苏苑苗荀荆莘莫莱葛董蒋"
    "蒙蒯蒲蒿蓝蓟蔡蔺蔼薄薛藉虎蚁衡裘裴覃解訾詹诸谈谷谢豆贝贡费贺贾赖赵越路车辛边过连邓邢邱邴邹郁郎郏郑郝郤郭都鄂"
    "酆鄞金钟钦钱银锁锺长门闳闻阙阳陆陈隆雷雍霍靖鞠韦韩韶项顾颜饶马骆高魏鱼鲁鹿麦麻黄黎黑齐龙")
LABELS = ("姓名 性别 民族 出生 住址 公民身份号码 签发机关 有效期限 居民身份证 中华人民共和国 男 女 长期 维吾尔 哈萨克 汉 回 柯尔克孜 "
          "蒙古 塔吉克 锡伯 满 乌孜别克 俄罗斯 达斡尔 塔塔尔").split()
COURT_PHRASES = (
    "公诉机关 被告人 上诉人 原审被告人 辩护人 翻译人员 曾用名 公民身份号码 文化程度 小学文化 初中文化 高中文化 大学文化 文盲 务农 农民 无业 "
    "户籍所在地 现住 住新疆维吾尔自治区 因涉嫌犯 于 被刑事拘留 被逮捕 现羁押于 看守所 监狱 指控被告人 向本院提起公诉 本院依法组成合议庭 "
    "公开开庭审理了本案 不公开开庭审理 现已审理终结 经审理查明 上述事实 有下列证据证实 本院认为 其行为已构成 依照《中华人民共和国刑法》 "
    "第一百二十条之三 第二百九十三条第一款 之规定，判决如下： 裁定如下： 驳回上诉，维持原判。 本裁定为终审裁定。 判处有期徒刑 "
    "判处死刑，缓期二年执行 无期徒刑 剥夺政治权利终身 剥夺政治权利五年 并处罚金人民币 没收个人全部财产 决定执行有期徒刑 "
    "（刑期从判决执行之日起计算。 判决执行以前先行羁押的， 羁押一日折抵刑期一日， 即自 起至 止） 如不服本判决， "
    "可在接到判决书的第二日起十日内， 通过本院或者直接向 提出上诉。 书面上诉的， 应当提交上诉状正本一份， 副本二份。 审判长 审判员 代理审判员 "
    "人民陪审员 书记员 法官助理 本件与原本核对无异 刑事判决书 刑事裁定书 执行通知书 拘留通知书 逮捕通知书 释放证明书 行政处罚决定书 "
    "减去有期徒刑 罪犯 我局已于 涉嫌 罪的 刑事拘留 根据《中华人民共和国刑事诉讼法》 第八十三条 之规定 现羁押在 特此通知 违法行为人 "
    "违反治安管理行为 处以行政拘留 日的处罚 附件 人民检察院 起诉书 公安局 国家安全局 司法局 监狱管理局 有期徒刑 年 个月").split()
VILLAGE_END = "村 乡 镇 街道 农场 牧场 社区 嘎查 小区 路 街 巷 大队".split()
SURNAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
            "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")


def rows(name):
    """The rows of a fact table as dictionaries; leading comment lines are skipped."""
    with open(DATA / f"{name}.tsv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))


def is_han(ch):
    return "\u3400" <= ch <= "\u9fff"


def gb2312_level1():
    """The 3,755 characters of the first level, from the rows of the code table itself."""
    cells = (bytes((hi, lo)) for hi in range(0xB0, 0xD8) for lo in range(0xA1, 0xFF))
    return "".join(c.decode("gb2312", "ignore") for c in cells)


class Facts:
    """The tables the samplers draw from, read once."""

    def __init__(self):
        place = rows("regions")
        self.province = sorted({r["name"] for r in place if r["level"] == "province"})
        self.prefecture = sorted({r["name"] for r in place if r["level"] == "prefecture"})
        self.county = sorted({r["name"] for r in place if r["level"] not in ("province", "prefecture")})
        self.xinjiang = sorted({r["name"] for r in place if r["code"].startswith("65") and len(r["name"]) > 2})
        self.court = [r["name"] for r in rows("courts")]
        self.code = [r["code"] for r in rows("courts")]
        self.charge = [r["charge"] for r in rows("charges")] + [r["variant"] for r in rows("charge_variants")]
        self.doc = [r["title"] for r in rows("doc_types")]
        groups = rows("ethnic_groups")
        self.ethnic = [r["card_form"] for r in groups] + [r["card_form"] + "族" for r in groups]
        self.case = [r["code"] for r in rows("case_types")]
        self.syllable = [r["hans"] for r in rows("names/syllables_han") if r["hans"]]
        part = rows("names/kazakh_parts")
        self.part = [v for r in part for v in (r["hans"] or "").split("/") if v]
        self.cyrl = [r["cyrl"] for r in part if r["cyrl"]]
        self.part += [v for r in rows("names/uyghur_parts") for k in ("hans", "hans_2002") for v in (r[k] or "").split("/") if v]
        self.kz = [r[k] for r in rows("kz_labels") for k in ("kazakh", "russian") if r[k]]
        self.kz_ethnic = [r["kazakh"] for r in groups if r["kazakh"]]


def han_classes():
    """The Han reader's symbols in class order: those of the shipped reader, or, for a reader made anew, GB 2312 level 1,
    whatever else the tables hold, names, then digits, capitals and marks."""
    shipped = DATA / "models" / "han.txt"
    if shipped.exists():
        return "".join(shipped.read_text(encoding="utf-8").split("\n"))
    seen = dict.fromkeys(gb2312_level1())
    tables = ("regions courts charges charge_variants doc_types ethnic_groups case_types case_types_legacy "
              "names/syllables_han names/kazakh_parts names/uyghur_parts names/han_surnames").split()
    for name in tables:
        for row in rows(name):
            seen.update(dict.fromkeys(c for v in row.values() if isinstance(v, str) for c in v if is_han(c)))
    written = "".join(LABELS) + "".join(COURT_PHRASES) + NAME_ONLY
    seen.update(dict.fromkeys(c for c in written if is_han(c)))
    seen.update(dict.fromkeys(HAN_EXTRA))
    return "".join(seen)


def digits(n):
    return "".join(random.choice(DIGITS) for _ in range(n))


def date(sep):
    return sep.join((str(random.randint(1900, 2060)), f"{random.randint(1, 12):02d}", f"{random.randint(1, 31):02d}"))


class DigitText:
    """Lines of the digits and MRZ reader. only: id or mrz, for measuring one kind of line."""

    symbols = DIGITS_MRZ
    only = None

    def id_number(self):
        return digits(17) + random.choice(DIGITS + "XXXX")

    def filler(self, n):
        return "<" * n

    def word(self, a, b):
        vowels, out = "AEIOUY", ""
        for i in range(random.randint(a, b)):
            out += random.choice(vowels if i % 2 and random.random() < 0.7 else CAPS)
        return out

    def mrz(self, n):
        kind = random.random()
        if kind < 0.4:
            s = random.choice(("P<", "PO", "PE", "ID", "I<")) + random.choice(("CHN", "KAZ", "UTO", self.word(3, 3)))
            s += self.word(3, 10) + random.choice(("<<", "<")) + self.word(2, 12)
            if random.random() < 0.4:
                s += "<" + self.word(2, 8)
        elif kind < 0.85:
            s = random.choice(("", random.choice(CAPS), "N", "E" + random.choice(CAPS), "IDKAZ")) + digits(random.randint(7, 9))
            s += random.choice((digits(1), "<")) + random.choice(("CHN", "KAZ", "")) + digits(7) + random.choice("MF<") + digits(7)
            s += random.choice((digits(14), "<" * 14, digits(12) + "<<", "")) + digits(2)
        else:
            s = "".join(random.choice(MRZ) for _ in range(n))
        return (s + "<" * n)[:n]

    def __call__(self):
        """A line and its role: id, mrz or plain (which decides the font and tracking)."""
        p = {"id": 0.0, "mrz": 0.5}.get(self.only, random.random())
        if p < 0.42:
            return self.id_number(), "id"
        if p < 0.46:
            return digits(random.choice((12, 12, 9, 15, 18, 6))), "id"
        if p < 0.76:
            return self.mrz(random.choice((30, 36, 44))), "mrz"
        if p < 0.84:
            return self.mrz(random.randint(8, 29)), "mrz"
        if p < 0.92:
            sep = random.choice(("-", "-", "."))
            return random.choice((date(".") + "-" + date("."), date(sep), digits(2) + "." + digits(2) + "." + digits(4))), "plain"
        return random.choice((digits(random.randint(1, 4)), random.choice(CAPS) + digits(8), digits(random.randint(5, 12)),
                              "".join(random.choice(DIGITS_MRZ) for _ in range(random.randint(3, 14))))), "plain"


class HanText:
    """Lines of the Chinese reader: what cards and papers say, and a fifth uniformly random symbols, so that rare characters are learned."""

    def __init__(self):
        self.f = Facts()
        self.symbols = han_classes()
        self.deck = []
        self.given = [c for c in self.symbols if is_han(c)]

    def uniform(self, n):
        out = ""
        while len(out) < n:
            if not self.deck:
                self.deck = list(self.symbols)
                random.shuffle(self.deck)
            out += self.deck.pop()
        return out

    def name(self):
        def element():
            p = random.random()
            if p < 0.45:
                return "".join(random.choice(self.f.part) for _ in range(random.choice((1, 1, 2))))
            return "".join(random.choice(self.f.syllable) for _ in range(random.randint(2, 5)))
        if random.random() < 0.3:
            return random.choice(SURNAMES) + "".join(random.choice(self.given) for _ in range(random.choice((1, 2, 2))))
        if random.random() < 0.12:
            return element()
        return element() + "·" + element()

    def village(self):
        p = random.random()
        base = random.choice(self.f.syllable) + random.choice(self.f.syllable) if p < 0.5 else self.uniform(random.randint(1, 3))
        return base + random.choice(VILLAGE_END)

    def address(self):
        s = random.choice((random.choice(self.f.province), "新疆维吾尔自治区", "新疆", ""))
        s += random.choice((random.choice(self.f.prefecture), "伊犁哈萨克自治州", "")) + random.choice(self.f.county + self.f.xinjiang * 4)
        for _ in range(random.randint(0, 2)):
            s += self.village()
        s += random.choice(("", f"{random.randint(1, 999)}号", f"{random.randint(1, 30)}组{random.randint(1, 99)}号",
                            f"{random.randint(1, 20)}队", f"{random.randint(1, 60)}号楼{random.randint(1, 9)}单元{random.randint(101, 1904)}室",
                            f"{random.randint(1, 300)}号{random.randint(1, 20)}号"))
        return s

    def dated(self):
        y, m, d = random.randint(1900, 2030), random.randint(1, 12), random.randint(1, 31)
        han = "".join("〇一二三四五六七八九"[int(c)] for c in str(y))
        num = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十九 三十 三十一".split()
        code = random.choice(self.f.code)
        return random.choice((f"{y}年{m}月{d}日", f"{han}年{random.choice(num[:12])}月{random.choice(num)}日",
                              f"{date('.')}-长期", f"{date('.')}-{y}", f"（{y}）{code}{random.choice(self.f.case)}{random.randint(1, 9999)}号",
                              f"〔{y}〕{random.randint(1, 999)}号", f"有期徒刑{random.choice(num)}年", f"{random.choice(num)}个月",
                              f"人民币{random.randint(1, 99)}000元", f"{y}年", f"{m}月{d}日"))

    def numbered(self):
        """Numbers of cases and papers, identity numbers and sums as sentences hold them, in the brackets that writers use."""
        y, n = random.randint(2005, 2026), random.randint(1, 9999)
        a, b = random.choice(("（）", "()", "()", "〔〕", "[]"))
        c, d = random.choice(("〔〕", "[]", "（）", "()"))
        place, code = random.choice(self.f.county + self.f.xinjiang * 2), random.choice(self.f.code)
        return random.choice((
            f"{a}{y}{b}{code}{random.choice(self.f.case)}{n}号", f"{a}{y}{b}{place[:2]}刑初字第{n}号", f"{place[:2]}公{a}{random.choice('刑治国网经禁')}{b}"
            f"{random.choice(('捕通', '拘通', '行罚决', '拘', '捕', '释'))}字{c}{y}{d}{n}号", f"{place[:2]}检{random.choice(('公诉', '刑', '一部', ''))}刑诉{c}{y}{d}{n}号",
            f"{place[:2]}看释字{c}{y}{d}{n}号", f"公民身份号码{digits(17)}{random.choice(DIGITS + 'X')}", f"身份证号{random.choice('：:')}{digits(17)}{random.choice(DIGITS + 'X')}，",
            f"{self.name()}{a}{random.choice(('又名', '曾用名', '别名', '女，', '男，'))}{random.choice((self.name(), digits(4) + '年'))}{b}",
            f"{a}刑期自{y}年{random.randint(1, 12)}月{random.randint(1, 31)}日起至{y + 9}年{random.randint(1, 12)}月{random.randint(1, 31)}日止{b}",
            f"人民币{n}元{a}已缴纳{b}", f"第{random.randint(1, 300)}条第{a}{random.choice('一二三四五六')}{b}项", f"{a}{random.choice('一二三四五六七八九')}{b}{random.choice(self.f.charge)}",
            f"{digits(4)}-{digits(2)}-{digits(2)}", f"{y}.{random.randint(1, 12)}.{random.randint(1, 31)}", f"电话{random.choice('：:')}{digits(4)}-{digits(7)}"))

    def phrase(self):
        s = "".join(random.choice((random.choice(COURT_PHRASES), random.choice(COURT_PHRASES), random.choice(self.f.charge), self.name(),
                                   self.name() + random.choice(("，男，", "，女，", "，", "、", "。", "（", "：")) + random.choice(("", self.name())),
                                   self.dated(), random.choice(("，", "。", "、", "：")))) for _ in range(random.randint(1, 4)))
        return s

    def __call__(self):
        """A line; the caller cuts it to the width it has."""
        p = random.random()
        if p < 0.17:
            return self.uniform(random.randint(2, 12))
        if p < 0.29:
            s = self.numbered()
            return s[random.randint(0, max(0, len(s) - 9)):] if random.random() < 0.3 else s
        if p < 0.44:
            return self.name()
        if p < 0.68:
            s = self.address()
            return s[random.randint(0, max(0, len(s) - 6)):] if random.random() < 0.5 else s
        if p < 0.76:
            return random.choice(self.f.county + self.f.xinjiang * 2) + random.choice(("公安局", "公安分局", "公安局", "人民法院", "人民检察院"))
        if p < 0.89:
            s = self.phrase()
            return s[random.randint(0, max(0, len(s) - 8)):]
        if p < 0.94:
            return random.choice((random.choice(self.f.court), random.choice(self.f.charge), random.choice(self.f.doc),
                                  random.choice(self.f.ethnic), random.choice(LABELS)))
        return self.dated()


class CyrillicText:
    """Lines of the Cyrillic reader: labels and names of the tables, made-up words of plausible build, dates and numbers."""

    symbols = CYRILLIC

    def __init__(self):
        self.f = Facts()
        self.letters = RUSSIAN + KAZAKH * 2

    def word(self):
        vowels, cons = "АӘЕИОӨУҰҮЫІЭЮЯ", "БВГҒДЖЗЙКҚЛМНҢПРСТФХҺЦЧШЩ"
        s = ""
        for i in range(random.randint(2, 11)):
            s += random.choice(self.letters) if random.random() < 0.25 else random.choice(vowels if i % 2 else cons)
        return s

    def name(self):
        s = "".join(random.choice(self.f.cyrl) for _ in range(random.choice((1, 2, 2)))).upper()
        return s + random.choice(("", "", "ҰЛЫ", "ҚЫЗЫ", "ОВ", "ОВА", "ЕВ", "ЕВА", "ОВИЧ", "ОВНА", "ЕВИЧ", "ЕВНА", "БЕК", "ГҮЛ"))

    def place(self):
        return self.name() + random.choice((" ОБЛЫСЫ", " АУДАНЫ", " ҚАЛАСЫ", " ОБЛАСТЬ", " РАЙОН", ""))

    def cased(self, s):
        p = random.random()
        return s.upper() if p < 0.55 else s.capitalize() if p < 0.85 else s.lower()

    def __call__(self):
        p = random.random()
        if p < 0.25:
            s = self.cased(self.name())
        elif p < 0.4:
            s = self.cased(random.choice(self.f.kz))
        elif p < 0.62:
            s = " ".join(self.cased(self.word()) for _ in range(random.choice((1, 1, 2))))
        elif p < 0.7:
            s = self.cased(self.place())
        elif p < 0.75:
            s = self.cased(random.choice(self.f.kz_ethnic + ["ҚАЗАҚСТАН РЕСПУБЛИКАСЫ", "МВД РК", "ҚР ІІМ", "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ"]))
        elif p < 0.85:
            s = random.choice((f"{digits(2)}.{digits(2)}.{digits(4)}", digits(12), digits(9), f"№ {digits(6)}",
                               f"{digits(2)}.{digits(2)}.{digits(4)} - {digits(2)}.{digits(2)}.{digits(4)}"))
        else:
            s = "".join(random.choice(CYRILLIC) for _ in range(random.randint(3, 14))).strip() or "А"
        s = "".join(c for c in s if c in CYRILLIC)
        return " ".join(s.split()) or "Ә"


if __name__ == "__main__":
    for maker in (DigitText(), HanText(), CyrillicText()):
        print(len(maker.symbols))
        for _ in range(12):
            print("  ", maker())
