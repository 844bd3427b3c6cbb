#include "viz/player/change_hand.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

const LimitSlider* slider_of(const Changeable& what, ChangeKind kind) {
  for (const LimitSlider& slider : what.sliders) {
    if (slider.what == kind) return &slider;
  }
  return nullptr;
}

}  // namespace

void ChangeHand::step(const Changeable& what, bool forward) {
  if (what.sliders.empty()) return;
  if (of_ != what.container) focus_ = 0;
  of_ = what.container;
  const std::size_t all = what.sliders.size() + offered_signals().size() + 1;
  focus_ = (focus_ + (forward ? 1 : all - 1)) % all;
  let_be();
  focused_kind_ = ChangeKind::None;
  focused_signal_.clear();
  if (focus_ == 0) return;
  if (focus_ <= what.sliders.size()) {
    focused_kind_ = what.sliders[focus_ - 1].what;
    return;
  }
  focused_signal_ = offered_signals()[focus_ - 1 - what.sliders.size()];
  wish_signal(what, focused_signal_);
}

void ChangeHand::move(const Changeable& what, bool more) {
  const LimitSlider* slider = slider_of(what, focused_kind_);
  if (slider == nullptr || of_ != what.container) return;
  const std::size_t at = stop_of(*slider);
  if (more ? at + 1 < slider->stops.size() : at > 0) wish(what, *slider, more ? at + 1 : at - 1);
}

void ChangeHand::wish(const Changeable& what, const LimitSlider& slider, std::size_t stop) {
  of_ = what.container;
  stop = std::min(stop, slider.stops.size() - 1);
  wish_ = {};
  if (stop == slider.at || slider.stops[stop].value.empty()) return;
  wish_ = {slider.what, slider.stops[stop].value, what.name};
}

void ChangeHand::wish_signal(const Changeable& what, const std::string& signal) {
  of_ = what.container;
  wish_ = {ChangeKind::Signal, signal, what.name};
}

void ChangeHand::let_be() {
  wish_ = {};
  dragged = ChangeKind::None;
}

std::optional<ChangeAsk> ChangeHand::take(const Changeable& what, bool by_id) {
  const bool meant =
      wish_.what != ChangeKind::None && of_ == what.container && what.why_not.empty();
  ChangeAsk ask = wish_;
  let_be();
  if (!meant) return std::nullopt;
  if (by_id) ask.container = what.id;
  return ask;
}

bool ChangeHand::has_keyboard(ChangeKind slider) const { return focused_kind_ == slider; }
bool ChangeHand::has_keyboard(const std::string& signal) const { return focused_signal_ == signal; }

std::size_t ChangeHand::stop_of(const LimitSlider& slider) const {
  if (wish_.what != slider.what) return slider.at;
  const std::size_t found = slider.find(wish_.value);
  return found < slider.stops.size() ? found : slider.at;
}

}  // namespace cutaway::viz
