"""Machine-readable zones by ICAO Doc 9303: TD3 of passports, TD1 of Kazakhstan's identity card."""
from ..values import mrz_digit


def _fill(text, n):
    return (text + "<" * n)[:n]


def td3(issuer, surname, given, number, nationality, birth, sex, expiry, personal, subtype="<"):
    name = _fill(f"P{subtype}{issuer}{surname.replace(' ', '<')}<<{given.replace(' ', '<')}", 44)
    a = _fill(number, 9)
    a += mrz_digit(a)
    b = f"{birth:%y%m%d}"
    b += mrz_digit(b)
    e = f"{expiry:%y%m%d}"
    e += mrz_digit(e)
    o = _fill(personal, 14)
    o += mrz_digit(o) if personal else "<"
    return [name, a + nationality + b + sex + e + o + mrz_digit(a + b + e + o)]


def td1(number, iin, birth, sex, expiry, surname, given, state="KAZ"):
    one = "ID" + state + _fill(number, 9) + mrz_digit(_fill(number, 9)) + _fill(iin, 15)
    b = f"{birth:%y%m%d}"
    b += mrz_digit(b)
    e = f"{expiry:%y%m%d}"
    e += mrz_digit(e)
    two = b + sex + e + state + "<" * 11
    two += mrz_digit(one[5:30] + b + e + "<" * 11)
    return [one, two, _fill(f"{surname}<<{given}", 30)]
