// What keys and clicks do to a lesson, and where the picture goes with its pages.
#pragma once

#include "viz/input/key_table.h"
#include "viz/panels/lesson_state.h"
#include "viz/panels/ui.h"
#include "viz/scene/geometry.h"

namespace cutaway::viz {

struct Decks;
struct WindowState;

/// The lesson is on the screen from now on, at the page where it was left.
void begin_lesson(WindowState& state, lessons::Play play);
/// It is gone; whoever began it shows what was there before.
void end_lesson(WindowState& state);
/// The machine of this page is on the screen: the picture goes where the page wants it.
void place_lesson(WindowState& state, bool travels = false);
/// To this page, and the picture with it.
void turn_lesson(WindowState& state, std::size_t page);

/// An option of a question, or a station of an exercise, as they stand on the page, from 0. False:
/// nothing can be chosen here.
bool choose_in_lesson(WindowState& state, int shown);
/// Order, point, answer: is it what the run shows?
void check_lesson(LessonState& lesson);
/// Where the run stands on this page; at its opening where the story begins.
std::size_t lesson_position(const WindowState& state);

/// True: the action was for the lesson, or for the list of lessons.
bool apply_lesson_action(WindowState& state, Action action);
/// A line that the exercise forbids is told, not typed. True: it was one.
bool forbidden_here(WindowState& state, const std::string& line);

/// Something in the picture was clicked. True: the exercise asks for it, and it is picked.
bool point_at_for_lesson(WindowState& state, const std::string& id);

/// The lesson's column: its words above the terminal.
void draw_lesson_column(WindowState& state, const Ui& ui, const Rect& box);
void draw_lesson_card(WindowState& state, const Ui& ui, const Rect& room);

/// Has somebody to predict something first? Then no sentence says it.
bool question_waits(const WindowState& state);

/// The decks that the page is about; all, when somebody wants to see them.
Decks lesson_decks(const WindowState& state);

}  // namespace cutaway::viz
