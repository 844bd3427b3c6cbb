// The values of the two themes: "blueprint" and "paper".
#include "viz/theme/theme.h"

namespace cutaway::viz {

const Theme kDark = {
    .name = "dark",
    .dark = true,
    .bg = rgb(0x0A0F1A),
    .panel = rgb(0x0F1624),
    .inset = rgb(0x0A101B),
    .raised = rgb(0x1A2436),
    .deck = {rgb(0x172133), rgb(0x131C2C), rgb(0x101826), rgb(0x0D1420)},
    .cut = rgb(0x1F2B41),
    .hatch = rgb(0x33435F),
    .edge = rgb(0x5B6F92),
    .line = rgb(0x2A374E),
    .line2 = rgb(0x3D4E6C),
    .text = rgb(0xF3F6FB),
    .text2 = rgb(0xBAC6D9),
    .text3 = rgb(0x8E9DB6),
    .host = rgb(0x9FB0C9),
    .ok = rgb(0x7EE2A8),
    .bad = rgb(0xFF6B6B),
    .limit = rgb(0xFFC53D),
    .lost = rgb(0xE38FDB),
    .on = rgb(0x0A0F1A),
    .core = rgb(0x0A0F1A),
    .container = {rgb(0x5CB5FD), rgb(0xC5F6B8), rgb(0xED9B22), rgb(0xB582A9), rgb(0x7489F8),
                  rgb(0xFCD736), rgb(0x5DEDFD), rgb(0xBEAA9D)},
    .fill = 0.20,
    .glow = 0.9,
};

const Theme kLight = {
    .name = "light",
    .dark = false,
    .bg = rgb(0xE9E5DB),
    .panel = rgb(0xFBFAF6),
    .inset = rgb(0xF3F0E8),
    .raised = rgb(0xFFFFFF),
    .deck = {rgb(0xFFFFFF), rgb(0xFCFBF7), rgb(0xF7F4ED), rgb(0xF1EDE3)},
    .cut = rgb(0xDCD6C8),
    .hatch = rgb(0xB9B1A0),
    .edge = rgb(0x6F6857),
    .line = rgb(0xD5CFC0),
    .line2 = rgb(0xB3AB99),
    .text = rgb(0x171D29),
    .text2 = rgb(0x3C4555),
    .text3 = rgb(0x5A6373),
    .host = rgb(0x566173),
    .ok = rgb(0x0B6B3A),
    .bad = rgb(0xC01E2E),
    .limit = rgb(0x8F5A00),
    .lost = rgb(0x8038D1),
    .on = rgb(0xFFFFFF),
    .core = rgb(0xFFFFFF),
    .container = {rgb(0x1877BB), rgb(0x184A00), rgb(0xAC620F), rgb(0x6A0F6B), rgb(0x4B3EA6),
                  rgb(0x6A5724), rgb(0x2F6C76), rgb(0x554748)},
    .fill = 0.15,
    .glow = 0.5,
};

}  // namespace cutaway::viz
