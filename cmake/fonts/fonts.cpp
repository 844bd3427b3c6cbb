// Gives names to the arrays that cmake/fonts.cmake makes from the font files.
#include "fonts/fonts.h"

#define CUTAWAY_FONT(name)                                    \
  extern "C" const unsigned char cutaway_font_##name[];       \
  extern "C" const unsigned cutaway_font_##name##_size;       \
  cutaway::EmbeddedFont cutaway::name() {                     \
    return {cutaway_font_##name, cutaway_font_##name##_size}; \
  }

CUTAWAY_FONT(inter_regular)
CUTAWAY_FONT(inter_semibold)
CUTAWAY_FONT(mono_regular)
CUTAWAY_FONT(mono_bold)
