// Player: where we are in a trace and how we move. Pure: time comes in through advance().
//
//   Player player(trace);
//   player.forward();
//   show(player.world(), player.moment(), player.phase());
//   player.set_pace(step_seconds(…), motion);       // whenever the moment has changed
//   if (player.advance(dt)) draw again;
#pragma once

#include <array>
#include <cstddef>

#include "trace/log/trace.h"
#include "viz/player/moment.h"
#include "viz/player/step_index.h"

namespace cutaway::viz {

class Player {
 public:
  /// The trace must outlive the player. It may grow: refresh() takes in what is new.
  explicit Player(const Trace& trace);
  void refresh();

  const Trace& trace() const { return *trace_; }
  const StepIndex& index() const { return index_; }
  std::size_t count() const { return index_.count(); }
  std::size_t position() const { return position_; }
  StepSize size() const { return size_; }
  const Moment& moment() const { return moment_; }
  /// The World after position() events.
  const World& world() const { return world_; }
  /// Time that passed in the step that led here.
  std::int64_t wait_ns() const;

  void set_size(StepSize size);
  void forward() { step_forward(size_); }
  void back() { step_back(size_); }
  void step_forward(StepSize size);
  void step_back(StepSize size);
  /// To where the story begins; from there, or before it, to the very first event.
  void first();
  void last() { jump(count()); }
  void jump(std::size_t position);
  /// There as by one step: forwards, the packet is seen on its way.
  void travel(std::size_t position);
  /// To the end of the step of our size that holds this position, and without motion.
  void scrub(std::size_t position);

  bool playing() const { return playing_; }
  void play();
  void pause() { playing_ = false; }
  void toggle();
  double speed() const { return kSpeeds[speed_]; }
  /// The nearest of the speeds that there are.
  void set_speed(double speed);
  void faster();
  void slower();
  void next_speed();  ///< behind the quickest comes the slowest

  /// How long the present step lasts and how much of that its packet moves, in seconds at speed 1.
  /// `wait_seconds`: at its beginning, in which the wait that led here is shown.
  void set_pace(double seconds, double motion_seconds, double wait_seconds = 0);
  /// How long the present step lasts, at speed 1.
  double seconds() const { return seconds_; }
  /// 0 … 1 of the present step's motion; 1 is at rest.
  double phase() const;
  /// 0 … 1 of the wait that led here, while it is shown; 1 is over.
  double waited() const;
  /// Does something move, so that the next frame is another one?
  bool moving() const { return phase() < 1 || waited() < 1; }
  /// Seconds until the next step when playing; infinite when not.
  double until_next() const;
  /// Lets time pass. True: draw again.
  bool advance(double seconds);

  static constexpr std::array<double, 5> kSpeeds = {0.25, 0.5, 1, 2, 4};

 private:
  void go(std::size_t position, bool with_motion);
  EventIndex focus() const;

  const Trace* trace_;
  StepIndex index_;
  World world_;
  std::size_t position_ = 0;
  std::size_t came_from_ = 0;
  StepSize size_ = StepSize::Syscall;
  Moment moment_;
  bool playing_ = false;
  bool still_ = true;  ///< we jumped here: nothing travels
  std::size_t speed_ = 2;
  double elapsed_ = 0;  ///< of the present step, at speed 1
  double seconds_ = 1;
  double motion_ = 0;
  double wait_ = 0;
};

}  // namespace cutaway::viz
