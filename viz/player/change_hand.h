// What a hand does with the controls of a container: which of them has the keyboard, what would be
// asked for, and what was. No drawing: the mouse (panels/change_controls) and the keys
// (panels/window_actions) both act through this.
#pragma once

#include <optional>
#include <string>

#include "viz/player/changes.h"

namespace cutaway::viz {

class ChangeHand {
 public:
  /// The next (or previous) control: the sliders, then the signals; behind the last one none.
  void step(const Changeable& what, bool forward);
  /// The slider that has the keyboard, by one stop.
  void move(const Changeable& what, bool more);
  /// A slider is meant to stand there; where it stands already: nothing is wished.
  void wish(const Changeable& what, const LimitSlider& slider, std::size_t stop);
  /// This signal is meant.
  void wish_signal(const Changeable& what, const std::string& signal);
  void let_be();
  /// What was wished is asked for. `by_id`: the agent of a live run knows containers by docker's
  /// id.
  std::optional<ChangeAsk> take(const Changeable& what, bool by_id);

  bool has_keyboard(ChangeKind slider) const;
  bool has_keyboard(const std::string& signal) const;
  const ChangeAsk& wished() const { return wish_; }
  /// The stop that is wished for this slider, or where it stands.
  std::size_t stop_of(const LimitSlider& slider) const;

  ChangeKind dragged = ChangeKind::None;  ///< the slider under a pressed mouse button

 private:
  /// 0: none; then the sliders; then the signals.
  std::size_t focus_ = 0;
  ContainerId of_;  ///< whose controls these were
  ChangeAsk wish_;
  ChangeKind focused_kind_ = ChangeKind::None;
  std::string focused_signal_;
};

}  // namespace cutaway::viz
