#include "viz/player/screen.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr char kEscape = '\x1b';
constexpr std::size_t kTabStop = 8;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Where the letter with this number begins; the end when there is none.
std::size_t offset_of(std::string_view text, std::size_t letter) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (letter-- == 0) break;
  }
  return at;
}

std::size_t letter_length(std::string_view bytes, std::size_t at) {
  std::size_t length = 1;
  while (at + length < bytes.size() && continues(bytes[at + length])) ++length;
  return length;
}

}  // namespace

ScreenLine& Screen::line() {
  if (row_ >= lines_.size()) lines_.resize(row_ + 1);
  return lines_[row_];
}

void Screen::type(std::string_view typed, EventIndex event) {
  if (column_ > 0) ++row_;
  row_ = std::max(row_, lines_.size());
  line() = {std::string(typed), true, false, event};
  ++row_;
  column_ = 0;
}

void Screen::control(char c) {
  if (c == '\n') {
    line();
    ++row_;
    column_ = 0;
  } else if (c == '\r') {
    column_ = 0;
  } else if (c == '\b' && column_ > 0) {
    --column_;
  } else if (c == '\t') {
    column_ += kTabStop - column_ % kTabStop;  // passes over what stands there
  }
}

/// CSI sequences; returns where the text goes on.
std::size_t Screen::escape(std::string_view bytes, std::size_t at) {
  ++at;
  if (at >= bytes.size() || bytes[at] != '[') return std::min(at + 1, bytes.size());
  std::size_t number = 0;
  for (++at; at < bytes.size() && (bytes[at] < '@' || bytes[at] > '~'); ++at) {
    const char c = bytes[at];
    if (c >= '0' && c <= '9') number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  if (at >= bytes.size()) return at;
  const std::size_t times = std::max<std::size_t>(number, 1);
  if (bytes[at] == 'A') row_ -= std::min(row_, times);
  if (bytes[at] == 'B') row_ += times;
  if (bytes[at] == 'K' && number == 2) line().text.clear();
  if (bytes[at] == 'K' && number == 0) line().text.resize(offset_of(line().text, column_));
  return at + 1;
}

void Screen::put(std::string_view letter, bool error, EventIndex event) {
  ScreenLine& here = line();
  std::size_t from = offset_of(here.text, column_);
  if (from >= here.text.size()) {
    std::size_t length = 0;
    for (const char c : here.text) length += continues(c) ? 0 : 1;
    here.text += std::string(column_ - std::min(column_, length), ' ');
    here.text += letter;
  } else {
    here.text.replace(from, letter_length(here.text, from), letter);
  }
  here.error = error;
  here.event = event;
  ++column_;
}

void Screen::print(std::string_view bytes, bool error, EventIndex event) {
  for (std::size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    if (c == kEscape) {
      at = escape(bytes, at);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      control(c);
      ++at;
    } else {
      const std::size_t length = letter_length(bytes, at);
      put(bytes.substr(at, length), error, event);
      at += length;
    }
  }
}

std::vector<ScreenLine> Screen::take() {
  while (!lines_.empty() && lines_.back().text.empty() && !lines_.back().typed) lines_.pop_back();
  return std::move(lines_);
}

}  // namespace cutaway::viz
