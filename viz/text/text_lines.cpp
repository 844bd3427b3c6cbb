#include "viz/text/text_lines.h"

#include <algorithm>

#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::Strong:
      return "\x1b[1m";
    case Ink::Quiet:
      return "\x1b[2m";
    case Ink::Bad:
      return "\x1b[31m";
    case Ink::Plain:
      break;
  }
  return {};
}

int width_of(std::string_view text) { return static_cast<int>(text_length(text)); }

/// Bytes of the first `characters` of a text.
std::size_t bytes_of(std::string_view text, int characters) {
  std::size_t at = 0;
  while (at < text.size()) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && characters-- == 0) break;
    ++at;
  }
  return at;
}

}  // namespace

TextLines::TextLines(int columns, bool color)
    : columns_(std::max(columns, kLeastColumns)), color_(color) {}

void TextLines::open(Ink ink) {
  if (color_) text_ += code_of(ink);
}

void TextLines::close(Ink ink) {
  if (color_ && ink != Ink::Plain) text_ += "\x1b[0m";
}

void TextLines::put(std::string_view word, Ink ink) {
  if (word.empty()) return;
  open(ink);
  text_ += word;
  close(ink);
  at_ += width_of(word);
}

void TextLines::break_line(int indent) {
  while (!text_.empty() && text_.back() == ' ') text_.pop_back();
  text_ += "\n";
  text_ += std::string(static_cast<std::size_t>(indent), ' ');
  at_ = indent;
}

void TextLines::add(const std::vector<Inked>& parts, int indent, int hang) {
  if (hang < 0) hang = indent;
  hang = std::min(hang, columns_ / 3);
  indent = std::min(indent, columns_ / 3);
  text_ += std::string(static_cast<std::size_t>(indent), ' ');
  at_ = indent;
  bool first = true;  // on its line
  for (const Inked& part : parts) {
    std::string_view rest = part.text;
    while (!rest.empty()) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      std::string_view word = rest.substr(0, space);
      rest.remove_prefix(std::min(space + 1, rest.size()));
      if (!first && at_ + 1 + width_of(word) > columns_) {
        break_line(hang);
        first = true;
      }
      if (!first) put(" ", Ink::Plain);
      // A word that is wider than the line is broken where the line ends.
      while (at_ + width_of(word) > columns_) {
        const std::size_t fits = bytes_of(word, columns_ - at_);
        put(word.substr(0, fits), part.ink);
        word.remove_prefix(fits);
        break_line(hang);
      }
      put(word, part.ink);
      first = false;
    }
  }
  text_ += "\n";
  at_ = 0;
}

void TextLines::add(std::string_view text, int indent, int hang) {
  add(std::vector<Inked>{{std::string(text), Ink::Plain}}, indent, hang);
}

void TextLines::line(const std::vector<Inked>& parts, int indent) {
  text_ += std::string(static_cast<std::size_t>(indent), ' ');
  at_ = indent;
  for (const Inked& part : parts) {
    const int room = columns_ - at_;
    if (room <= 0) break;
    put(short_text(part.text, static_cast<std::size_t>(room)), part.ink);
  }
  text_ += "\n";
  at_ = 0;
}

void TextLines::blank() {
  if (!text_.empty()) text_ += "\n";
}

}  // namespace cutaway::viz
