// libvterm interprets; what it says through its callbacks is put beside its cells: which event
// wrote a row, over which channel, and which row goes on with the one above.
#include "viz/player/screen.h"

#include <vterm.h>

#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "viz/player/row_notes.h"
#include "viz/player/screen_cells.h"
#include "viz/player/sequence_scan.h"

namespace cutaway::viz {
namespace {

std::string move_to(std::size_t row, std::size_t column) {
  return "\x1b[" + decimal(static_cast<std::int64_t>(row) + 1) + ";" +
         decimal(static_cast<std::int64_t>(column) + 1) + "H";
}

bool is_letter(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

struct Screen::Saved {
  int columns = 0, rows = 0;
  std::size_t above_count = 0;
  std::vector<ScreenLine> lines;
  std::vector<RowNote> notes;
  int cursor_row = 0;
};

class Screen::Terminal {
 public:
  Terminal(int columns, int rows, std::shared_ptr<Scrolled> above)
      : vterm_(vterm_new(rows, columns)),
        above_(std::move(above)),
        columns_(columns),
        notes_(columns, rows) {
    CHECK(vterm_ != nullptr);
    vterm_set_utf8(vterm_, 1);
    screen_ = vterm_obtain_screen(vterm_);
    static const VTermScreenCallbacks callbacks = {on_damage, on_move,   on_cursor,   on_property,
                                                   nullptr,   on_resize, on_scrolled, nullptr};
    vterm_screen_set_callbacks(screen_, &callbacks, this);
    vterm_screen_enable_altscreen(screen_, 1);
    vterm_screen_reset(screen_, 1);
    notes_.restore(std::vector<RowNote>(static_cast<std::size_t>(rows)));
  }
  ~Terminal() { vterm_free(vterm_); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void resize(int columns, int rows) { vterm_set_size(vterm_, rows, columns); }

  void type(std::string_view line, EventIndex event) {
    if (cursor().col > 0) print("\n", false, event);
    RowNote note;
    note.typed = true;
    note.event = event;
    note.command = line;
    notes_.set(cursor().row, std::move(note));
    print("\n", false, event);
  }

  void print(std::string_view bytes, bool error, EventIndex event) {
    writer_ = {event, error};
    for (std::size_t at = 0; at < bytes.size();) {
      // Runs of plain letters at once, all else byte by byte: so no cut between pieces can matter.
      std::size_t end = at;
      while (end < bytes.size() && is_letter(bytes[end])) ++end;
      if (end == at) ++end;
      for (std::size_t i = at; i < end; ++i) scan_.take(bytes[i]);
      // A terminal's line discipline goes to the first column at a line's end (ONLCR, termios(3)).
      if (bytes[at] == '\n') write("\r");
      write(bytes.substr(at, end - at));
      last_ = bytes[end - 1];
      at = end;
    }
  }

  ScreenContent content() const {
    ScreenContent content;
    content.columns = columns_;
    content.above = above_;
    content.above_count = above_count_;
    content.alternate = alternate_;
    content.cursor = cursor_shown_;
    content.lines = rows();
    const VTermPos at = cursor();
    content.cursor_line = static_cast<std::size_t>(at.row);
    content.cursor_column = static_cast<std::size_t>(at.col);
    std::vector<ScreenLine>& lines = content.lines;
    while (!lines.empty() && lines.back().text.empty() && !lines.back().typed) lines.pop_back();
    return content;
  }

  std::shared_ptr<const Saved> save() const {
    const bool whole = last_ == '\n' && scan_.plain() && !alternate_ && cursor_shown_;
    if (!whole || pen_is_set()) return nullptr;
    auto saved = std::make_shared<Saved>();
    saved->columns = columns_;
    saved->rows = static_cast<int>(notes_.count());
    saved->above_count = above_count_;
    saved->notes = notes_.all();
    saved->cursor_row = cursor().row;
    for (int row = 0; row < saved->rows; ++row)
      saved->lines.push_back(cells_of(row, RowEnd::Written));
    return saved;
  }

  /// The rows are printed anew, each letter as it looked.
  void restore(const Saved& saved) {
    for (std::size_t row = 0; row < saved.lines.size(); ++row) {
      const ScreenLine& line = saved.lines[row];
      if (line.runs.empty()) {
        write(move_to(row, 0) + line.text);
        continue;
      }
      for (const InkRun& run : line.runs)
        write(move_to(row, run.column) + sgr(run.ink) +
              line.text.substr(run.from, run.to - run.from));
      write(sgr(LetterLook()));
    }
    write(move_to(static_cast<std::size_t>(saved.cursor_row), 0));
    notes_.restore(saved.notes);
    above_count_ = saved.above_count;
    last_ = '\n';
  }

  const std::shared_ptr<Scrolled>& above() const { return above_; }

 private:
  void write(std::string_view bytes) { vterm_input_write(vterm_, bytes.data(), bytes.size()); }

  VTermPos cursor() const {
    VTermPos at = {0, 0};
    vterm_state_get_cursorpos(vterm_obtain_state(vterm_), &at);
    return at;
  }

  /// Would the next letter look in another way than at first?
  bool pen_is_set() const {
    const VTermState* state = vterm_obtain_state(vterm_);
    VTermValue value;
    constexpr VTermAttr kSwitches[] = {VTERM_ATTR_BOLD,    VTERM_ATTR_ITALIC, VTERM_ATTR_UNDERLINE,
                                       VTERM_ATTR_REVERSE, VTERM_ATTR_STRIKE, VTERM_ATTR_BLINK};
    for (const VTermAttr attribute : kSwitches) {
      std::memset(&value, 0, sizeof value);
      vterm_state_get_penattr(state, attribute, &value);
      if (value.number != 0 || value.boolean != 0) return true;
    }
    vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value);
    if (!VTERM_COLOR_IS_DEFAULT_FG(&value.color)) return true;
    vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value);
    return !VTERM_COLOR_IS_DEFAULT_BG(&value.color);
  }

  ScreenLine cells_of(int row, RowEnd end) const {
    std::vector<VTermScreenCell> cells(static_cast<std::size_t>(columns_));
    for (int column = 0; column < columns_; ++column)
      vterm_screen_get_cell(screen_, {row, column}, &cells[static_cast<std::size_t>(column)]);
    return line_of(cells.data(), columns_, end);
  }

  static void add_note(ScreenLine& line, const RowNote& note) {
    line.error = note.error;
    line.event = note.event;
    line.joins = note.joins;
    line.typed = note.typed;
    if (note.typed) {
      line.text = note.command;
      line.runs.clear();
    }
  }

  RowEnd end_of(std::size_t row) const {
    return notes_.goes_on(row) ? RowEnd::Edge : RowEnd::Letters;
  }

  std::vector<ScreenLine> rows() const {
    std::vector<ScreenLine> lines;
    for (std::size_t row = 0; row < notes_.count(); ++row) {
      ScreenLine line = cells_of(static_cast<int>(row), end_of(row));
      add_note(line, notes_.at(row));
      lines.push_back(std::move(line));
    }
    return lines;
  }

  static RowNotes::Area area_of(const VTermRect& rect) {
    return {rect.start_row, rect.start_col, rect.end_row, rect.end_col};
  }

  static int on_damage(VTermRect rect, void* self) {
    auto* t = static_cast<Terminal*>(self);
    t->notes_.changed(area_of(rect), t->writer_);
    return 1;
  }

  static int on_move(VTermRect to, VTermRect from, void* self) {
    auto* t = static_cast<Terminal*>(self);
    t->scrolling_ = 0;
    t->notes_.moved(area_of(to), area_of(from));
    return 1;
  }

  static int on_cursor(VTermPos at, VTermPos, int, void* self) {
    static_cast<Terminal*>(self)->notes_.cursor_at(at.row, at.col);
    return 1;
  }

  static int on_property(VTermProp property, VTermValue* value, void* self) {
    auto* t = static_cast<Terminal*>(self);
    if (property == VTERM_PROP_CURSORVISIBLE) t->cursor_shown_ = value->boolean != 0;
    if (property != VTERM_PROP_ALTSCREEN || t->alternate_ == (value->boolean != 0)) return 1;
    t->alternate_ = value->boolean != 0;
    t->notes_.swap_screens(t->alternate_);
    return 1;
  }

  static int on_resize(int rows, int columns, void* self) {
    auto* t = static_cast<Terminal*>(self);
    t->columns_ = columns;
    t->notes_.resize(columns, rows);
    return 1;
  }

  /// A row goes off the top; several at once come before they are moved.
  static int on_scrolled(int columns, const VTermScreenCell* cells, void* self) {
    auto* t = static_cast<Terminal*>(self);
    const auto row = static_cast<std::size_t>(t->scrolling_++);
    if (t->above_count_++ < t->above_->size()) return 1;  // it has been there before
    ScreenLine line = line_of(cells, columns, t->end_of(row));
    if (row < t->notes_.count()) add_note(line, t->notes_.at(row));
    t->above_->push_back(std::move(line));
    return 1;
  }

  VTerm* vterm_;
  VTermScreen* screen_ = nullptr;
  std::shared_ptr<Scrolled> above_;
  std::size_t above_count_ = 0;
  int columns_;
  RowNotes notes_;
  int scrolling_ = 0;  ///< rows that have gone off the top before the others are moved
  Writer writer_;
  bool cursor_shown_ = true;
  bool alternate_ = false;
  char last_ = '\n';
  SequenceScan scan_;
};

Screen::Screen(int columns, int rows, std::shared_ptr<Scrolled> above)
    : terminal_(std::make_unique<Terminal>(columns, rows, std::move(above))) {}
Screen::Screen(const Saved& saved, std::shared_ptr<Scrolled> above)
    : terminal_(std::make_unique<Terminal>(saved.columns, saved.rows, std::move(above))) {
  terminal_->restore(saved);
}
Screen::~Screen() = default;
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(Screen&&) noexcept = default;

void Screen::resize(int columns, int rows) { terminal_->resize(columns, rows); }
void Screen::type(std::string_view line, EventIndex event) { terminal_->type(line, event); }
void Screen::print(std::string_view bytes, bool error, EventIndex event) {
  terminal_->print(bytes, error, event);
}
ScreenContent Screen::content() const { return terminal_->content(); }
std::shared_ptr<const Screen::Saved> Screen::save() const { return terminal_->save(); }
const std::shared_ptr<Scrolled>& Screen::above() const { return terminal_->above(); }

}  // namespace cutaway::viz
