"""Puts the line models into the library: embed_models.py OUTPUT MODEL.json… writes a C++ file that includes the ONNX files' bytes."""

import hashlib
import json
import pathlib
import sys

SCRIPTS = {"digits_mrz": "Latn", "han": "Hans", "cyrillic": "Cyrl"}
# Ground above and below the glyphs in the training lines, as a share of the glyphs' height.
MARGINS = {"digits_mrz": 0.36, "han": 0.08, "cyrillic": 0.07}


def text(symbols: list[str]) -> str:
    """A C++ literal of the symbols joined by newlines, every byte escaped so that no source charset matters."""
    data = "\n".join(symbols).encode()
    lines = []
    for at in range(0, len(data), 64):
        lines.append('    "' + "".join(f"\\{b:03o}" for b in data[at:at + 64]) + '"')
    return "\n".join(lines)


def main(output: str, specs: list[str]) -> None:
    declared, rows = [], []
    for spec in specs:
        path = pathlib.Path(spec)
        form = json.loads(path.read_text(encoding="utf-8"))
        name = form["name"]
        onnx = (path.parent / form["file"]).resolve()
        if hashlib.sha256(onnx.read_bytes()).hexdigest() != form["sha256"]:
            sys.exit(f"{onnx}: not the model that {spec} names (SHA-256); a damaged one would read other letters")
        symbols = (path.parent / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        if len(symbols) + 1 != form["output"]["classes"]:
            sys.exit(f"{spec}: {len(symbols)} symbols, {form['output']['classes']} classes")
        # The assembler takes the bytes as they are, which compiles in no time; an array of numbers of this size would not.
        declared.append(
            f'asm(".pushsection .rodata\\n.balign 16\\nkualik_model_{name}:\\n.incbin \\"{onnx}\\"\\n"\n'
            f'    "kualik_model_{name}_end:\\n.byte 0\\n.popsection\\n");\n'
            f'extern "C" __attribute__((visibility("hidden"))) const unsigned char kualik_model_{name}[];\n'
            f'extern "C" __attribute__((visibility("hidden"))) const unsigned char kualik_model_{name}_end[];\n')
        rows.append(f'      {{"kualik:{name}", "{form.get("script", SCRIPTS.get(name, ""))}",\n{text(symbols)},\n'
                    f'       {form["input"]["channels"]}, {form["input"]["height"]}, {form.get("margin", MARGINS.get(name, 0.08))}, '
                    f'kualik_model_{name}, {onnx.stat().st_size}u}},')
    with open(output, "w", encoding="utf-8") as out:
        out.write("// Generated from data/models.\n#include <array>\n\n#include \"ocr/ctc_net.h\"\n\n")
        out.write("\n".join(declared))
        out.write("\nnamespace kualik::ocr {\n")
        out.write("std::span<const EmbeddedModel> embedded_models() noexcept {\n")
        if rows:
            out.write(f"  static const std::array<EmbeddedModel, {len(rows)}> models{{{{\n" + "\n".join(rows) + "\n  }};\n  return models;\n")
        else:
            out.write("  return {};\n")
        out.write("}\n}  // namespace kualik::ocr\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
