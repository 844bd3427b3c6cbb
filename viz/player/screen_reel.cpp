#include <algorithm>

#include "viz/player/transcript.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kBytesBetweenStops = 32 * 1024;

}  // namespace

ScreenContent ScreenReel::at(const std::vector<ScreenPiece>& pieces, std::size_t count) {
  go_near(count);
  while (count_ < count) {
    play(pieces[count_++]);
    save();
  }
  return screen_->content();
}

/// To the last stop at or before so many pieces, unless we are behind it; without one, to the empty
/// screen.
void ScreenReel::go_near(std::size_t count) {
  const auto after = std::partition_point(
      stops_.begin(), stops_.end(), [count](const Stop& stop) { return stop.count <= count; });
  const Stop* stop = after == stops_.begin() ? nullptr : &*std::prev(after);
  const std::size_t nearest = stop == nullptr ? 0 : stop->count;
  if (screen_ && count_ <= count && nearest <= count_) return;
  bytes_ = 0;
  count_ = nearest;
  if (stop == nullptr)
    screen_.emplace(kScreenColumns, kScreenRows, above_);
  else
    screen_.emplace(*stop->saved, above_);
}

void ScreenReel::play(const ScreenPiece& piece) {
  const auto event = static_cast<EventIndex>(piece.event);
  switch (piece.kind) {
    case ScreenPiece::Kind::Typed:
      return screen_->type(piece.text, event);
    case ScreenPiece::Kind::Size:
      return screen_->resize(piece.columns, piece.rows);
    case ScreenPiece::Kind::Out:
    case ScreenPiece::Kind::Error:
      bytes_ += piece.text.size();
      return screen_->print(piece.text, piece.kind == ScreenPiece::Kind::Error, event);
    case ScreenPiece::Kind::Done:
      return;
  }
}

void ScreenReel::save() {
  const bool known = !stops_.empty() && stops_.back().count >= count_;
  if (bytes_ < kBytesBetweenStops || known) return;
  auto saved = screen_->save();
  if (saved == nullptr) return;  // something is hidden in it: later
  stops_.push_back({count_, std::move(saved)});
  bytes_ = 0;
}

}  // namespace cutaway::viz
