#include "viz/input/key_table.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr KeyRow key(ImGuiKey which, bool shift, bool repeats, std::string_view name,
                     std::string_view does, Action action, KeyGroup group) {
  return {which, 0, shift, repeats, name, does, action, group};
}
constexpr KeyRow letter(char which, std::string_view name, std::string_view does, Action action,
                        KeyGroup group) {
  return {ImGuiKey_None, which, false, true, name, does, action, group};
}

/// What does the same in the window of two runs.
constexpr std::array kShared = {
    Action::PlayPause,   Action::Forward,     Action::Back,     Action::ForwardMore,
    Action::BackMore,    Action::First,       Action::Last,     Action::Faster,
    Action::Slower,      Action::SizeCommand, Action::SizeBeat, Action::SizeEngineStep,
    Action::SizeSyscall, Action::SizeEffect,  Action::Nearer,   Action::Farther,
    Action::Theme,       Action::Larger,      Action::Smaller,  Action::ReducedMotion,
    Action::Help,        Action::Escape};

/// All keys, in a scope where actions and groups need no more than their names.
struct KeyRows {
  using enum Action;
  using enum KeyGroup;

  static constexpr KeyRow kRows[] = {
      key(ImGuiKey_Space, false, false, "Space", "play or pause", PlayPause, Time),
      key(ImGuiKey_RightArrow, false, true, "→", "one step forward", Forward, Time),
      key(ImGuiKey_LeftArrow, false, true, "←", "one step back", Back, Time),
      key(ImGuiKey_RightArrow, true, true, "Shift →", "a larger step forward", ForwardMore, Time),
      key(ImGuiKey_LeftArrow, true, true, "Shift ←", "the same back", BackMore, Time),
      key(ImGuiKey_Home, false, false, "Home", "to the beginning", First, Time),
      key(ImGuiKey_End, false, false, "End", "to the end", Last, Time),
      letter('+', "+", "faster", Faster, Time),
      letter('-', "−", "slower", Slower, Time),
      letter('f', "f", "fork: another command from here", ForkHere, Time),
      letter('$', "$", "type in the terminal", TypeHere, Time),
      letter('>', ">", "the next future", NextFuture, Time),
      letter('<', "<", "the future before", PreviousFuture, Time),
      letter('c', "c", "compare with how it was", CompareFutures, Time),
      letter('b', "b", "a bookmark here, or none", Bookmark, Time),
      letter('B', "B", "all bookmarks, notes, the range", Bookmarks, Time),
      letter(')', ")", "to the next bookmark", NextBookmark, Time),
      letter('(', "(", "to the bookmark before", PreviousBookmark, Time),
      letter(',', ",", "a range begins here", RangeBegin, Time),
      letter('.', ".", "it ends here", RangeEnd, Time),
      letter('r', "r", "play the range in its time", ReplayRange, Time),
      letter('w', "w", "this wait in its full length", FullWait, Time),
      letter('1', "1", "step by command", SizeCommand, Size),
      letter('2', "2", "step by beat", SizeBeat, Size),
      letter('3', "3", "step by engine step", SizeEngineStep, Size),
      letter('4', "4", "step by syscall", SizeSyscall, Size),
      letter('5', "5", "step by kernel effect", SizeEffect, Size),
      letter('6', "", "", SixthChoice, Size),
      letter('7', "", "", SeventhChoice, Size),
      key(ImGuiKey_UpArrow, false, false, "↑", "larger steps", Coarser, Size),
      key(ImGuiKey_UpArrow, true, false, "", "", Coarser, Size),
      key(ImGuiKey_DownArrow, false, false, "↓", "smaller steps", Finer, Size),
      key(ImGuiKey_DownArrow, true, false, "", "", Finer, Size),
      letter('z', "z", "nearer: deck, container, process, call", Nearer, Look),
      letter('Z', "Z", "farther, as far as the whole ship", Farther, Look),
      letter('l', "l", "lens: what one process sees", ViewLens, Look),
      letter('[', "[", "lens: the next one to look out of", LensLeft, Look),
      letter(']', "]", "lens: the next one beside it", LensRight, Look),
      letter('x', "x", "matrix: who has which namespace", ViewMatrix, Look),
      letter('y', "y", "tree of processes, with all their pids", ViewTree, Look),
      letter('o', "o", "channels: the way of stdin, stdout, stderr", ViewChannels, Look),
      letter('s', "s", "layers: what files stand on", ViewLayers, Look),
      letter('i', "i", "why: the next thing in the picture", NextSubject, Ask),
      letter('I', "I", "the thing before", PreviousSubject, Ask),
      letter('k', "k", "the next limit or signal of a container", NextControl, Ask),
      letter('K', "K", "the one before", PreviousControl, Ask),
      letter('{', "{", "this limit lower", LimitLess, Ask),
      letter('}', "}", "higher", LimitMore, Ask),
      key(ImGuiKey_Enter, false, false, "Enter", "do it: fork, or ask the agent", DoChange, Ask),
      letter('u', "u", "run until …", RunUntil, Ask),
      letter('U', "U", "back to the last …", RunBack, Ask),
      letter('q', "q", "predict first: what will it do?", Predict, Ask),
      letter('Q', "Q", "a question of your own", OwnQuestion, Ask),
      letter('p', "p", "presenter: for a lecture hall", Presenter, Window),
      letter('t', "t", "next theme", Theme, Window),
      letter('A', "A", "everything larger", Larger, Window),
      letter('a', "a", "smaller again", Smaller, Window),
      letter('M', "M", "less motion: nothing travels", ReducedMotion, Window),
      key(ImGuiKey_Tab, false, false, "Tab", "side panels in or out", Panels, Window),
      letter(':', ":", "side panels wider", WiderPanels, Window),
      letter(';', ";", "side panels narrower", NarrowerPanels, Window),
      letter('/', "/", "filter the events", Filter, Window),
      letter('e', "e", "save a picture, a film", Export, Window),
      letter('m', "m", "copy the line that reopens this", CopyMoment, Window),
      letter('?', "?", "this map of the keys", Help, Window),
      key(ImGuiKey_F1, false, false, "", "", Help, Window),
      key(ImGuiKey_Escape, false, false, "Esc", "close what is open", Escape, Window),
      letter('L', "L", "all lessons", Lessons, KeyGroup::Lesson),
      key(ImGuiKey_Backspace, false, false, "Backspace", "a page back (Enter: on)", LessonBack,
          KeyGroup::Lesson),
      letter('H', "H", "a hint, at last the solution", Hint, KeyGroup::Lesson),
      letter('N', "N", "this exercise anew", Again, KeyGroup::Lesson),
      letter('R', "R", "the same for real, beside it", ForReal, KeyGroup::Lesson),
      letter('j', "j", "to the moment of this page", ToLesson, KeyGroup::Lesson),
      letter('v', "v", "all decks, or those it needs", AllDecks, KeyGroup::Lesson),
      letter('D', "D", "the other language", Language, KeyGroup::Lesson),
      key(ImGuiKey_PageDown, false, true, "PgDn", "read on", PageDown, KeyGroup::Lesson),
      key(ImGuiKey_PageUp, false, true, "PgUp", "read back", PageUp, KeyGroup::Lesson),
      letter('h', "h", "hold the run before its next step", HoldRun, Live),
      letter('n', "n", "one step, then hold it", OneStep, Live),
      letter('g', "g", "let the run go on", GoOn, Live),
  };
};

bool is_pressed(const KeyRow& row) {
  const ImGuiIO& io = ImGui::GetIO();
  if (row.key != ImGuiKey_None) {
    return ImGui::IsKeyPressed(row.key, row.repeats) && io.KeyShift == row.shift;
  }
  const auto typed = static_cast<ImWchar>(static_cast<unsigned char>(row.letter));
  return std::find(io.InputQueueCharacters.begin(), io.InputQueueCharacters.end(), typed) !=
         io.InputQueueCharacters.end();
}

}  // namespace

const std::vector<KeyRow>& key_table() {
  static const std::vector<KeyRow> rows(std::begin(KeyRows::kRows), std::end(KeyRows::kRows));
  return rows;
}

std::string_view key_group_name(KeyGroup group) {
  switch (group) {
    case KeyGroup::Time:
      return "Time";
    case KeyGroup::Size:
      return "Size of a step";
    case KeyGroup::Look:
      return "What is looked at";
    case KeyGroup::Ask:
      return "Ask";
    case KeyGroup::Window:
      return "Window";
    case KeyGroup::Lesson:
      return "A lesson";
    case KeyGroup::Live:
      return "A live run itself";
  }
  return "";
}

const std::vector<KeyRow>& compare_key_table() {
  static const std::vector<KeyRow> rows = [] {
    using enum Action;
    std::vector<KeyRow> made;
    for (const KeyRow& row : key_table()) {
      if (std::find(kShared.begin(), kShared.end(), row.action) != kShared.end())
        made.push_back(row);
    }
    const auto look = KeyGroup::Look;
    made.push_back(key(ImGuiKey_DownArrow, false, true, "↓", "the next row", NextRow, look));
    made.push_back(key(ImGuiKey_UpArrow, false, true, "↑", "the row before", PreviousRow, look));
    made.push_back(letter('n', "n", "the next difference", NextDifference, look));
    made.push_back(letter('p', "p", "the difference before", PreviousDifference, look));
    made.push_back(key(ImGuiKey_Tab, false, false, "Tab", "the rows in or out", Rows, look));
    return made;
  }();
  return rows;
}

std::vector<Action> pressed_actions(const std::vector<KeyRow>& table) {
  const bool writing = ImGui::GetIO().WantTextInput;
  std::vector<Action> actions;
  for (const KeyRow& row : table) {
    if (writing && row.action != Action::Escape) continue;
    if (is_pressed(row)) actions.push_back(row.action);
  }
  return actions;
}

}  // namespace cutaway::viz
