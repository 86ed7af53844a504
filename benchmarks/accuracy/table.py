"""The table of the accuracy benchmark: Markdown to read, TSV for machines."""
import collections

from score import calibration

NUMBERS = ("id_number", "iin")


def share(hits):
    hits = list(hits)
    return (sum(hits) / len(hits), len(hits)) if hits else (None, 0)


def figures(result, baseline=None, seconds=None, length=None):
    """{measure: (value or None, count)} of one tier."""
    ece, high, high_n, _ = calibration(result.confidence)
    of = lambda keys: share(f[2] for f in result.fields if f[1] in keys)
    edits, letters = sum(f[3] for f in result.fields), sum(f[4] for f in result.fields)
    out = {"documents_found": share(found for _, found in result.documents),
           "id_exact": of(NUMBERS), "name_exact": of(("name", "defendant", "surname", "given_names")), "address_exact": of(("address",)),
           "fields_exact": share(f[2] for f in result.fields),
           "cer": (edits / letters if letters else None, letters),
           "page_cer": (sum(p[1] for p in result.pages) / sum(p[2] for p in result.pages) if any(p[2] for p in result.pages) else None, sum(p[2] for p in result.pages)),
           "wrong_passes": (float(len(result.wrong_passes)), len(result.fields)),
           "wrong_id_passes": (float(sum(key in NUMBERS for _, key in result.wrong_passes)), len(result.fields)),
           "spurious": (float(len(result.spurious)), 0), "wrong_kind": (float(len(result.wrong_kind)), 0), "repeated": (float(result.repeated), 0),
           "other_documents": (float(result.open_documents), 0),
           "ece": (ece, len(result.confidence)), "right_at_0.9": (high, high_n),
           "document_iou": (sum(result.document_iou) / len(result.document_iou) if result.document_iou else None, len(result.document_iou)),
           "field_iou": (sum(result.field_iou) / len(result.field_iou) if result.field_iou else None, len(result.field_iou)),
           "orientation_right": share(result.orientation)}
    if seconds is not None:
        out["work_per_second"] = (seconds / length if length else None, 0)
    if baseline is not None:
        out["stock_id_exact"] = share(b[2] for b in baseline if b[1] in NUMBERS)
        out["stock_fields_exact"] = share(b[2] for b in baseline)
    return out


HEAD = [("documents_found", "found", "%"), ("id_exact", "number exact", "%"), ("name_exact", "name exact", "%"), ("address_exact", "address exact", "%"),
        ("fields_exact", "fields exact", "%"), ("cer", "CER", "f"), ("page_cer", "page CER", "f"), ("wrong_passes", "wrong `passes`", "n"), ("spurious", "spurious", "n"),
        ("ece", "ECE", "f"), ("right_at_0.9", "right at ≥ 0.9", "%"), ("document_iou", "outline IoU", "f"), ("work_per_second", "s work / s video", "f"),
        ("stock_id_exact", "stock: number", "%"), ("stock_fields_exact", "stock: fields", "%")]


def cell(pair, form):
    value, n = pair
    if value is None:
        return "–"
    if form == "%":
        return f"{100 * value:.0f} % ({n})"
    return f"{value:.0f}" if form == "n" else f"{value:.3f}"


def markdown(tiers, clips):
    """tiers: {tier: figures}; clips: {tier: number}."""
    lines = ["| tier | clips | " + " | ".join(title for _, title, _ in HEAD) + " |", "|---" * (len(HEAD) + 2) + "|"]
    for tier, fig in tiers.items():
        lines.append(f"| {tier} | {clips[tier]} | " + " | ".join(cell(fig.get(key, (None, 0)), form) for key, _, form in HEAD) + " |")
    return "\n".join(lines)


def by_field(results, baselines):
    """Markdown and TSV rows for each kind and field over all tiers given."""
    groups, stock = collections.defaultdict(list), collections.defaultdict(list)
    for result in results:
        for kind, key, exact, edits, length, given in result.fields:
            groups[kind, key].append((exact, edits, length, given))
    for rows in baselines:
        for kind, key, hit in rows:
            stock[kind, key].append(hit)
    lines = ["| kind | field | shown | exact | given | CER | stock |", "|---|---|---|---|---|---|---|"]
    table = []
    for (kind, key), rows in sorted(groups.items()):
        n = len(rows)
        exact, given = sum(r[0] for r in rows) / n, sum(r[3] for r in rows) / n
        cer = sum(r[1] for r in rows) / max(1, sum(r[2] for r in rows))
        old = stock.get((kind, key))
        old = sum(old) / len(old) if old else None
        lines.append(f"| {kind} | {key} | {n} | {100 * exact:.0f} % | {100 * given:.0f} % | {cer:.3f} | {'–' if old is None else f'{100 * old:.0f} %'} |")
        table += [("all", kind, key, "exact", exact, n), ("all", kind, key, "given", given, n), ("all", kind, key, "cer", cer, n)]
    return "\n".join(lines), table


def reliability(result):
    """Markdown of the reliability table over all values."""
    _, _, _, rows = calibration(result.confidence)
    lines = ["| confidence | values | mean confidence | right |", "|---|---|---|---|"]
    lines += [f"| {low:.1f}–{low + 0.1:.1f} | {n} | {mean:.3f} | {right:.3f} |" for low, n, mean, right in rows]
    return "\n".join(lines)
