// The client's display of a pull (moby's jsonmessage): cursor movements on a terminal, plain lines
// else.
#include <algorithm>

#include "base/text.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

namespace {

std::string padded(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

}  // namespace

// "[=====>       ]  1.2MB/4.3MB"; the bar only where the terminal is wider than 110 columns.
std::string PullPrinter::progress_text(const PullMessage& message) const {
  if (message.current <= 0 && message.total <= 0) return "";
  const std::string current = padded(human_size(message.current, 4), 8);
  if (message.total <= 0) return current;
  const auto half = static_cast<std::size_t>(
      std::clamp<std::int64_t>(message.current * 100 / message.total / 2, 0, 50));
  std::string text;
  if (columns_ > 110)
    text = "[" + std::string(half, '=') + ">" + std::string(50 - half, ' ') + "] ";
  text += current;
  return message.current > message.total ? text : text + "/" + human_size(message.total, 4);
}

std::string PullPrinter::print(const PullMessage& message) {
  const std::string bar = message.progress ? progress_text(message) : "";
  const std::string head = message.id.empty() ? "" : message.id + ": ";
  if (!terminal_) return bar.empty() ? head + message.status + "\n" : "";
  std::string text;
  std::size_t up = 0;
  if (message.progress && !message.id.empty()) {
    const auto [line, added] = lines_.try_emplace(message.id, lines_.size());
    if (added) text += "\n";
    up = lines_.size() - line->second;
    text += "\x1b[" + decimal(static_cast<std::int64_t>(up)) + "A";
  } else {
    lines_.clear();
  }
  if (message.progress)
    text += "\x1b[2K\r" + head + message.status + " " + bar + "\r";
  else
    text += head + message.status + "\n";
  if (!message.id.empty() && up > 0) text += "\x1b[" + decimal(static_cast<std::int64_t>(up)) + "B";
  return text;
}

namespace pull {

PullMessage pulling_from(std::string_view tag_or_digest, std::string_view repository) {
  return {std::string(tag_or_digest), "Pulling from " + std::string(repository)};
}
PullMessage layer(std::string_view digest, std::string_view status) {
  return {short_id(digest), std::string(status), true};
}
PullMessage downloading(std::string_view digest, std::int64_t current, std::int64_t total) {
  return {short_id(digest), "Downloading", true, current, total};
}
PullMessage extracting(std::string_view digest, std::int64_t current, std::int64_t total) {
  return {short_id(digest), "Extracting", true, current, total};
}
PullMessage digest(std::string_view digest) { return {"", "Digest: " + std::string(digest)}; }
PullMessage downloaded_newer(std::string_view familiar) {
  return {"", "Status: Downloaded newer image for " + std::string(familiar)};
}
PullMessage up_to_date(std::string_view familiar) {
  return {"", "Status: Image is up to date for " + std::string(familiar)};
}

}  // namespace pull

}  // namespace cutaway::spec
