// The window of the app: GLFW and OpenGL 3 around viz's draw_window.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "spec/moment.h"
#include "trace/log/trace.h"
#include "viz/window.h"

namespace cutaway::app {

/// Where the events of a live run come from, and where goes what is asked of it.
class LiveSource {
 public:
  virtual ~LiveSource() = default;
  /// Appends what has happened since; true if that was something.
  virtual bool grow(Trace& trace) = 0;
  /// Nothing more comes.
  virtual bool over() const = 0;
  virtual void ask(viz::LiveAsk what) = 0;
  /// A limit is to be moved, or a signal sent; whoever runs it decides.
  virtual void change(const viz::ChangeAsk& what) = 0;
};

/// Another future, and whether at its end a program waits for keys.
struct MadeFuture {
  std::shared_ptr<const Trace> trace;
  bool keyboard = false;
};

/// Makes other futures of what is shown.
class ForkSource {
 public:
  virtual ~ForkSource() = default;
  /// As future `from` (0: what was opened, then in the order in which they were made) up to this
  /// position, then this is typed.
  virtual Result<MadeFuture> fork(std::size_t from, std::size_t position,
                                  const viz::ForkAsk& typed) = 0;
  /// Lays two futures side by side, in a window of their own.
  virtual Status compare(const Trace& was, const Trace& is) = 0;
  /// What such windows have complained of since; empty: nothing.
  virtual std::string complaints() { return {}; }
};

/// Who writes the files that the window asks for.
class Exporter {
 public:
  virtual ~Exporter() = default;
  /// Does what was asked and tells how far it is. `shot`: how the window looks. True: draw again.
  virtual bool serve(viz::WindowState& state, const viz::WindowShot& shot) = 0;
};

class LessonSource;

struct GuiOptions {
  int width = 1600, height = 900;       ///< of the window, in pixels of a normal screen
  std::optional<std::size_t> position;  ///< none: where the story begins
  viz::StepSize size = viz::StepSize::Syscall;
  std::optional<viz::ThemeChoice> theme;  ///< none: the one of last time
  bool presenter = false;
  viz::Look look;
  bool looks = false;  ///< `look` was asked for; else the view of last time
  bool fresh = false;  ///< nothing is as it was last time
  /// The sentences of a greeting that light up one by one.
  std::vector<viz::SentenceCard> cards;
  /// How to come to this run again, for moments; none: it cannot be run again.
  std::optional<spec::SavedMoment> origin;
  Exporter* exporter = nullptr;
  /// "position N" on stdout whenever it changes; for tests.
  bool print_position = false;
  LiveSource* live = nullptr;         ///< null: the trace is whole
  ForkSource* fork = nullptr;         ///< null: it has one future
  LessonSource* lessons = nullptr;    ///< null: none can be played
  std::optional<std::string> lesson;  ///< is played at once …
  bool list_lessons = false;          ///< … or the list of all is open
  std::string language = "en";
};

/// Shows the trace until the window is closed. Without a display: an error, "no display: …".
Status run_gui(Trace&& trace, const GuiOptions& options);

}  // namespace cutaway::app
