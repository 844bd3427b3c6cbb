// The whole window of the app, without a window system: tests and exports drive it as the app does.
//
//   WindowState state(trace);
//   draw_window(state, {atlas, 1600, 900, 1});           // within an ImGui frame
//   std::string bytes = window_png(trace, {.position = 425});
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec/moment.h"
#include "viz/draw/atlas.h"
#include "viz/input/key_table.h"
#include "viz/panels/events_panel.h"
#include "viz/panels/inspector_panel.h"
#include "viz/panels/lesson_state.h"
#include "viz/panels/picture_panel.h"
#include "viz/panels/picture_source.h"
#include "viz/panels/terminal_panel.h"
#include "viz/panels/time_tools.h"
#include "viz/panels/timeline.h"
#include "viz/panels/views.h"
#include "viz/panels/window_wait.h"
#include "viz/player/berths.h"
#include "viz/player/camera.h"
#include "viz/player/export_state.h"
#include "viz/player/live.h"
#include "viz/player/notice.h"
#include "viz/player/player.h"
#include "viz/player/transcript.h"
#include "viz/scene/closeup_model.h"
#include "viz/text/census.h"
#include "viz/theme/measures.h"

namespace cutaway::viz {

enum class ThemeChoice { Dark, Light, Projector };

/// A side column: wished for beside the picture, or pulled out over it where there is no room.
struct SideState {
  double width = measure::kLeftPanel;  ///< units, as somebody wishes it
  bool beside = true;
  bool over = false;
  bool room = true;  ///< as of the last frame: could it stand beside the picture?

  bool shown() const { return over || (beside && room); }
  void show();
  void hide();
  /// Within what a column may have.
  void resize(double to);
};
inline constexpr int kLargerLeast = 100;  // percent
inline constexpr int kLargerMost = 300;
inline constexpr int kColumnLeast = 200;  // units
inline constexpr int kColumnMost = 640;

/// How much room the decks have: a lesson shows those that it is about.
struct Decks {
  bool large_engine = false;  ///< while only the Engine is at work
  bool engine = true, hardware = true;

  friend bool operator==(const Decks& a, const Decks& b) {
    return a.large_engine == b.large_engine && a.engine == b.engine && a.hardware == b.hardware;
  }
};

/// What the present moment looks like; kept until the moment changes.
struct MomentView {
  Moment moment;
  bool valid = false;
  Decks decks;
  Nearness near = Nearness::Deck;
  TaskId near_task;
  int near_slot = kHostSlot;
  Closeup closeup;
  Subject selected;
  std::string asked;
  ShipModel ship;
  Caption caption;
  Inspection inspection;
  std::optional<Changeable> changeable;  ///< of the container that is inspected
  TerminalContent screen;
  StageContent stage;
  std::optional<WaitView> wait;  ///< of the step that led here
};

struct WindowState {
  explicit WindowState(const Trace& trace, PictureSource pictures = world_pictures());

  Player player;
  PictureSource pictures;
  ThemeChoice theme = ThemeChoice::Dark;
  int larger = 100;  ///< percent of the size that fits the window: whoever owns it draws at that
  int largest = kLargerMost;  ///< percent for which it has room
  bool presenter = false;
  bool help = false;
  StageState stage;
  Camera camera;
  ForkState fork;
  SideState left, right = {measure::kRightPanel};
  TerminalPanelState terminal;
  EventsPanelState events;
  InspectorPanelState inspector;
  TimelineState timeline;

  Transcript transcript;
  Berths berths;
  Census census;
  MomentView view;
  PicturePanelState picture;
  TimeTools tools;
  LessonState lesson;
  /// A run that is watched while it happens.
  std::optional<Live> live;

  ExportState saving;
  Notice notice;
  /// This position is looked at so much after its last event, while nothing else happens.
  std::int64_t later_ns = 0;
  std::size_t later_at = 0;
  /// How to come to this run again; none: it cannot be run again as it was.
  std::optional<spec::SavedMoment> origin;
};

struct WindowFrame {
  const PictureAtlas& atlas;
  double width = 1600;  ///< units: pixels / scale
  double height = 900;
  double scale = 1;
  std::vector<Scene>* record = nullptr;  ///< tests: all that was drawn
};

/// Another future of the same run: the picture stays at this position, looked at in the same way.
void show_trace(WindowState& state, const Trace& trace, std::size_t position);

/// After that, if it is what was typed: keys are answered at once, a line is played.
void show_what_came(WindowState& state, const ForkAsk& typed);

/// The inspector is about this from now on, and to be seen; about nothing: about whoever acts.
void select(WindowState& state, Subject subject);
/// What comes of moving a limit now, or why none can be moved in this window.
ChangeRules change_rules(const WindowState& state);
/// Asks for it: of whoever makes futures, or of the agent of a live run.
void apply_change(WindowState& state, const ChangeAsk& ask);
/// Does what the keys of this frame ask for.
void apply_keys(WindowState& state);
void apply_action(WindowState& state, Action action);
void apply_window_action(WindowState& state, Action action);
/// Lets time pass for all that plays. True: draw again.
bool advance(WindowState& state, double seconds);
/// Seconds until something plays on; infinite when nothing does.
double seconds_until_next(const WindowState& state);
/// The trace has grown.
void refresh(WindowState& state);
/// Of a live run: whoever moved the picture back looks at the past; whoever comes to the end stays
/// with what happens.
void keep_up(WindowState& state);

/// Computes what the present moment looks like, and how long it lasts; draw_window does it as well.
void look(WindowState& state);

/// Draws a frame and takes in what was pressed. True: draw again at once (something is unfinished).
bool draw_window(WindowState& state, const WindowFrame& frame);

const Theme& theme_of(ThemeChoice choice);
/// The one after it, round and round: dark, light, projector.
ThemeChoice next_theme(ThemeChoice choice);
/// By the name of the theme; dark when there is none of that name.
ThemeChoice theme_choice(std::string_view name);
/// "docker run busybox echo hi there · event 425 of 868": for the title of the window.
std::string window_title(const WindowState& state);

/// Looks at what is named. An error, and nothing has changed: nobody is called so at this moment.
Status apply_look(WindowState& state, const Look& look);

inline constexpr int kFramesOfAShot = 3;  ///< lists measure themselves, then scroll
struct WindowShot {
  std::size_t position = 0;
  int width = 1600;  ///< pixels
  int height = 900;
  double scale = 0;  ///< pixels per unit; 0: as the app chooses it for a window of this size
  ThemeChoice theme = ThemeChoice::Dark;
  StepSize size = StepSize::Syscall;
  bool presenter = false;
  Look look;
};
/// A window as the shot wants it, at its position.
void prepare(WindowState& state, const WindowShot& shot);
/// Is there what the shot looks at? The picture itself would draw what is next to it.
Status check_shot(const Trace& trace, const WindowShot& shot,
                  PictureSource pictures = world_pictures());
/// The bytes of a PNG of the window as it is, without what is laid above it (an export, a notice).
std::string window_png(WindowState state, int width, int height, double scale);
/// The bytes of a PNG of the whole window.
std::string window_png(const Trace& trace, const WindowShot& shot,
                       PictureSource pictures = world_pictures());

}  // namespace cutaway::viz
