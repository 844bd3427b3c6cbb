#!/usr/bin/env python3
"""Writes font_tables.inc: the advances of the four bundled fonts, so that labels are laid out without opening a font.

    metrics_gen.py OUT Inter-Regular Inter-SemiBold JetBrainsMono-Regular JetBrainsMono-Bold

Reads only the tables head, hhea, hmtx and cmap (formats 4 and 12); no kerning and no ligatures, as Dear ImGui draws.
The ranges below are the glyphs that the atlas bakes, too (viz/draw/fonts.cpp takes them from the same file).
"""
import struct
import sys

RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC),
          (0x2190, 0x2199), (0x2212, 0x2212), (0x221E, 0x221E), (0x2248, 0x2248), (0x2260, 0x2265), (0x2500, 0x259F),
          (0x25A0, 0x25CF), (0x2713, 0x2717), (0xFFFD, 0xFFFD)]


def tables(data):
    count = struct.unpack_from(">H", data, 4)[0]
    out = {}
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        out[tag.decode()] = offset
    return out


def read_format4(data, at, glyphs):
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * segments
    deltas, offsets = starts + 2 * segments, starts + 4 * segments
    word = lambda where: struct.unpack_from(">H", data, where)[0]
    for k in range(segments):
        for code in range(word(starts + 2 * k), min(word(ends + 2 * k), 0xFFFE) + 1):
            offset = word(offsets + 2 * k)
            glyph = code if offset == 0 else word(offsets + 2 * k + offset + 2 * (code - word(starts + 2 * k)))
            if offset == 0 or glyph:
                glyphs.setdefault(code, (glyph + word(deltas + 2 * k)) & 0xFFFF)


def read_format12(data, at, glyphs):
    for k in range(struct.unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * k)
        for code in range(first, last + 1):
            glyphs.setdefault(code, glyph + code - first)


def character_map(data, at):
    glyphs = {}
    for i in range(struct.unpack_from(">H", data, at + 2)[0]):
        sub = at + struct.unpack_from(">I", data, at + 8 + 8 * i)[0]
        form = struct.unpack_from(">H", data, sub)[0]
        if form == 4:
            read_format4(data, sub, glyphs)
        elif form == 12:
            read_format12(data, sub, glyphs)
    return {code: glyph for code, glyph in glyphs.items() if glyph}


def read_font(path):
    data = open(path, "rb").read()
    table = tables(data)
    units = struct.unpack_from(">H", data, table["head"] + 18)[0]
    ascent, descent = struct.unpack_from(">hh", data, table["hhea"] + 4)
    widths = struct.unpack_from(">H", data, table["hhea"] + 34)[0]
    advances = struct.unpack_from(">" + "Hh" * widths, data, table["hmtx"])[::2]
    glyphs = character_map(data, table["cmap"])
    wanted = [code for first, last in RANGES for code in range(first, last + 1) if code in glyphs]
    return units, ascent, descent, [(code, advances[min(glyphs[code], widths - 1)]) for code in wanted]


def main(out, paths):
    lines = ["// Written by viz/scene/metrics_gen.py from the font files. Do not edit.\n"]
    for name, path in zip(("InterRegular", "InterSemiBold", "MonoRegular", "MonoBold"), paths):
        units, ascent, descent, advances = read_font(path)
        rows = [advances[i:i + 12] for i in range(0, len(advances), 12)]
        lines.append(f"constexpr GlyphAdvance k{name}[] = {{\n")
        lines += ["    " + " ".join(f"{{0x{c:X}, {w}}}," for c, w in row) + "\n" for row in rows]
        lines.append("};\n")
        lines.append(f"constexpr FontTable k{name}Table = {{{units}, {ascent}, {descent}, k{name}, {len(advances)}}};\n\n")
    flat = ", ".join(f"0x{first:X}, 0x{last:X}" for first, last in RANGES)
    lines.append(f"constexpr std::uint16_t kRanges[] = {{{flat}, 0}};\n")
    with open(out, "w") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:6])
