// Every key and what it does, as one table: the window listens to it, the overlay and the README
// show it.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cutaway::viz {

enum class Action : std::uint8_t {
  PlayPause,
  Forward,
  Back,
  ForwardMore,
  BackMore,
  Coarser,
  Finer,
  First,
  Last,
  SizeCommand,
  SizeBeat,
  SizeEngineStep,
  SizeSyscall,
  SizeEffect,
  Faster,
  Slower,
  ForkHere,
  TypeHere,
  NextFuture,
  PreviousFuture,
  CompareFutures,
  Nearer,
  Farther,
  ViewLens,
  ViewMatrix,
  ViewTree,
  ViewChannels,
  ViewLayers,
  LensLeft,
  LensRight,
  Presenter,
  Theme,
  Panels,
  Filter,
  Help,
  Escape,
  Export,
  CopyMoment,
  GoOn,
  OneStep,
  HoldRun,
  NextSubject,
  PreviousSubject,
  SixthChoice,  ///< of a card
  RunUntil,
  RunBack,
  Bookmark,
  Bookmarks,
  NextBookmark,
  PreviousBookmark,
  RangeBegin,
  RangeEnd,
  ReplayRange,
  FullWait,
  ReducedMotion,
  Larger,
  Smaller,
  WiderPanels,
  NarrowerPanels,
  NextRow,
  PreviousRow,
  NextDifference,
  PreviousDifference,
  Rows,
  Predict,
  OwnQuestion,
  NextControl,
  PreviousControl,
  LimitLess,
  LimitMore,
  DoChange,
  Lessons,
  LessonBack,
  Hint,
  Language,
  ToLesson,
  Again,
  ForReal,
  AllDecks,
  PageDown,
  PageUp,
  SeventhChoice,  ///< of a lesson's page
};

/// Where a row stands in the overlay.
enum class KeyGroup : std::uint8_t { Time, Size, Look, Ask, Window, Lesson, Live };
inline constexpr std::array<KeyGroup, 7> kKeyGroups = {
    KeyGroup::Time,   KeyGroup::Size,   KeyGroup::Look, KeyGroup::Ask,
    KeyGroup::Window, KeyGroup::Lesson, KeyGroup::Live};

struct KeyRow {
  ImGuiKey key = ImGuiKey_None;  ///< none: the letter counts, wherever it is on the keyboard
  char letter = 0;
  bool shift = false;
  bool repeats = false;   ///< while it is held
  std::string_view name;  ///< as it is shown; empty: another way to the row above
  std::string_view does;
  Action action = Action::Escape;
  KeyGroup group = KeyGroup::Window;
};

const std::vector<KeyRow>& key_table();
/// Those of the window of two runs.
const std::vector<KeyRow>& compare_key_table();
std::string_view key_group_name(KeyGroup group);

/// What the keys of this frame ask for. Nothing but Escape while somebody writes into a field.
std::vector<Action> pressed_actions(const std::vector<KeyRow>& table = key_table());

}  // namespace cutaway::viz
