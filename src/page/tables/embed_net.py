"""Puts the document mask's net into the library: embed_net.py MASK.onnx OUTPUT writes a header that takes in the file's bytes."""
import pathlib
import sys

onnx, out = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
# The assembler takes the bytes as they are, which compiles in no time; an array of numbers of this size would not.
with open(out, "w", encoding="utf-8") as f:
    f.write("#pragma once\n// Made by embed_net.py from data/models/finder; do not edit. One source alone may include it.\n#include <cstddef>\n\n"
            f'asm(".pushsection .rodata\\n.balign 16\\nkualik_net_mask:\\n.incbin \\"{onnx}\\"\\n.byte 0\\n.popsection\\n");\n'
            'extern "C" __attribute__((visibility("hidden"))) const unsigned char kualik_net_mask[];\n'
            f"inline constexpr std::size_t kualik_net_mask_size = {onnx.stat().st_size};\n")
