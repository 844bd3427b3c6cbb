// Camera: how near we look, and at whom. Pure: time comes in through advance().
//
//   camera.nearer(at);                       // a key, or a notch of the wheel over something
//   follow(camera, moment);                  // after each step: it returns by itself
//   if (camera.advance(dt)) draw again;
#pragma once

#include <cstdint>
#include <string_view>

#include "trace/ids.h"
#include "viz/scene/geometry.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

enum class Nearness : std::uint8_t { Ship, Deck, Container, Process, Syscall };
std::string_view nearness_name(Nearness nearness);  // "ship", "deck", …

/// What can be looked at from near: who is under the pointer, is selected, or acts.
struct Sight {
  int slot = kHostSlot;
  bool container = false;  ///< is there one?
  TaskId task;
  bool call = false;  ///< has the moment a system call, and is it this task's?
};

class Camera {
 public:
  Nearness at() const { return at_; }
  int slot() const { return slot_; }
  TaskId task() const { return task_; }

  /// One level in or out. In goes no further than there is something to see.
  void nearer(const Sight& sight);
  void farther();
  /// At once to this level.
  void look_at(Nearness nearness, const Sight& sight);

  /// The wheel: between the levels the decks grow around `pointer` (a point of `box`), past a
  /// threshold the level changes; on the way back later than on the way in.
  void wheel(double notches, Point pointer, const Rect& box, const Sight& sight);
  void drag(Point by, const Rect& box);
  /// Where the whole ship is laid out so that `box` shows the part that we look at.
  Rect area(const Rect& box) const;
  double zoom() const { return zoom_; }

  /// The moment has changed: what is not about whom we look at lets us return. `acts`: who does
  /// something now. `pinned`: somebody chose to stay.
  void follow(const Sight& acts, bool pinned);

  /// No motion: we are there.
  void settle() { passed_ = 1; }
  /// Lets time pass. True: draw again.
  bool advance(double seconds);
  /// 0 … 1 of the present change of level.
  double appearing() const;
  bool came_nearer() const { return came_nearer_; }

 private:
  void set(Nearness nearness);

  Nearness at_ = Nearness::Deck;
  int slot_ = kHostSlot;
  TaskId task_;
  double zoom_ = 1;          ///< of the decks
  Point part_ = {0.5, 0.5};  ///< of the enlarged ship, in the middle of the box; 0 … 1
  double pull_ = 0;          ///< notches towards the next level
  double passed_ = 1;        ///< seconds since the level changed
  bool came_nearer_ = true;
};

}  // namespace cutaway::viz
