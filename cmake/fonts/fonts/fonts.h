// The fonts that are built into the program: Inter for words, JetBrains Mono for code and
// terminals.
#pragma once

namespace cutaway {

/// A whole .otf or .ttf file. It lives as long as the program.
struct EmbeddedFont {
  const unsigned char* data;
  unsigned size;
};

EmbeddedFont inter_regular();
EmbeddedFont inter_semibold();
EmbeddedFont mono_regular();
EmbeddedFont mono_bold();

}  // namespace cutaway
