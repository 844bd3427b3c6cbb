#include "viz/text/told.h"

#include <map>
#include <utility>

#include "base/text.h"
#include "spec/words.h"
#include "trace/event/shape.h"
#include "trace/log/jsonl.h"
#include "viz/player/event_class.h"
#include "viz/text/call_words.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/story.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr std::int64_t kWorthSaying = 1'000'000;  // ns that a call waited
constexpr std::size_t kToldPathLength = 44;
constexpr std::size_t kBehindLength = 24;  // what a descriptor stands for
constexpr std::size_t kBufferLength = 40;

class Teller {
 public:
  explicit Teller(const Trace& trace)
      : trace_(trace), words_(spec::Words::of()), story_(trace), world_(trace.world_at(0)) {}

  Told tell() {
    for (std::size_t n = 0; n < trace_.size(); ++n) read(n);
    if (!told_.commands.empty() && !told_.commands.back().done) tell_unreturned();
    told_.events = trace_.size();
    return std::move(told_);
  }

 private:
  void read(std::size_t n) {
    const Event event = trace_.event(n);
    const World before = world_;
    evolve(world_, event);
    story_.read(n);
    count(n, event);
    if (const auto* typed = std::get_if<CliTyped>(&event.body)) begin(typed->line, event.stamp.t);
    if (told_.commands.empty() || told_.commands.back().done) return;
    if (const auto* blocked = std::get_if<TaskBlocked>(&event.body)) {
      waits_[event.stamp.call] = blocked->on;
    }
    if (story_.tells(trace_.record(n))) note(n, event, before);
    if (const auto* done = std::get_if<CliDone>(&event.body)) end(done->exit, event.stamp.t);
  }
  void count(std::size_t n, const Event& event) {
    if (is<Syscall>(trace_.record(n))) ++told_.calls;
    if (const auto* loss = std::get_if<Loss>(&event.body)) told_.lost += loss->count;
  }
  void begin(const std::string& line, std::int64_t t) {
    told_.commands.push_back({line, false, 0, t, t, {}});
    begun_.clear();
  }
  void end(int exit, std::int64_t t) {
    tell_unreturned();
    ToldCommand& command = told_.commands.back();
    command.done = true;
    command.exit = exit;
    command.to = t;
  }

  // What was written by calls that never returned was written all the same.
  void tell_unreturned() {
    std::vector<ToldBeat>& beats = told_.commands.back().beats;
    if (beats.empty() || beats.back().steps.empty()) return;
    for (auto& [call, lines] : std::exchange(written_, {})) {
      for (ToldItem& line : lines) beats.back().steps.back().items.push_back(std::move(line));
    }
  }

  ToldStep& step_for(const spec::StepRow& row, std::int64_t t) {
    ToldCommand& command = told_.commands.back();
    const spec::Beat beat = *story_.story().beat;
    if (command.beats.empty() || command.beats.back().beat != beat) {
      command.beats.push_back({beat, t, {}});
    }
    std::vector<ToldStep>& steps = command.beats.back().steps;
    for (ToldStep& step : steps) {
      if (step.row == &row) return step;
    }
    const bool again = begun_[&row]++ > 0;
    steps.push_back({&row, again, {}});
    return steps.back();
  }

  void note(std::size_t n, const Event& event, const World& before) {
    const spec::StepRow* row = spec::find_step(trace_.step_name(event.stamp.step));
    if (row == nullptr || !story_.story().beat) return;
    told_.commands.back().to = event.stamp.t;
    if (const auto* call = std::get_if<Syscall>(&event.body)) {
      if (call->sys == abi::Sys::exit) return;  // a thread of the server goes; nobody misses it
      std::vector<ToldItem>& items = step_for(*row, event.stamp.t).items;
      items.push_back(call_item(event, *call, before));
      // The bytes moved before the call returned; to a reader they are its result.
      std::vector<ToldItem> written = std::move(written_[event.stamp.call]);
      written_.erase(event.stamp.call);
      for (ToldItem& line : written) items.push_back(std::move(line));
    } else if (const auto* moved = std::get_if<BytesMoved>(&event.body)) {
      note_output(*row, event, *moved);
    } else if (event_class(trace_, n) == EventClass::Engine) {
      const World& known = ends_something(event.body) ? before : world_;
      note_fact(*row, event, known);
    }
  }

  void note_fact(const spec::StepRow& row, const Event& event, const World& known) {
    ToldItem item;
    item.kind = ToldItem::Kind::Fact;
    item.form = event_form(event.body);
    item.text = event_words(words_, known, event);
    if (item.form == "cli.typed" || item.form == "cli.done") return;
    std::vector<ToldItem>& items = step_for(row, event.stamp.t).items;
    if (item.form == "layer.fetched") forget_earlier(items, item);
    items.push_back(std::move(item));
  }
  // How far a layer is: the last word of it says all.
  static void forget_earlier(std::vector<ToldItem>& items, const ToldItem& item) {
    const std::string name = item.text.substr(0, item.text.find(':'));
    for (auto at = items.begin(); at != items.end();) {
      const bool same = at->form == item.form && starts_with(at->text, name);
      at = same ? items.erase(at) : at + 1;
    }
  }

  // What is being prepared has no name of its own yet: it is known by its number.
  static std::string who_makes(const World& world, const cutaway::Task& task) {
    const cutaway::Container* home = home_of(world, task);
    const bool first = home != nullptr && is_preparing(world, *home);
    return first ? task_tag(world, task.id) : task.comm;
  }

  ToldItem call_item(const Event& event, const Syscall& call, const World& before) {
    ToldItem item;
    const cutaway::Task* task = process_of(before, event.stamp.task);
    if (task != nullptr) item.who = who_makes(before, *task);
    item.form = call_form(call);
    item.text = syscall_to_text(for_people(call));
    item.bad = call.returned && call.err != abi::Errno::kOk;
    const auto wait = waits_.find(event.stamp.call);
    if (wait != waits_.end() && call.dur >= kWorthSaying) {
      item.waited = call.dur;
      item.waited_for = wait->second;
    }
    if (wait != waits_.end()) waits_.erase(wait);
    return item;
  }

  // A container's own words; and what the client prints besides them.
  void note_output(const spec::StepRow& row, const Event& event, const BytesMoved& moved) {
    if (moved.dir != Direction::Out || moved.fd < 1 || moved.fd > 2) return;
    const cutaway::Task* task = process_of(world_, event.stamp.task);
    if (task == nullptr) return;
    const bool inside = home_of(world_, *task) != nullptr && task->role != Role::Init;
    const bool client = task->role == Role::Client && row.id != "cli.print";
    if (!inside && !client) return;
    const auto kind = inside ? ToldItem::Kind::Output : ToldItem::Kind::Printed;
    std::string_view bytes = trace_.blobs.get(moved.data);
    if (bytes.empty()) bytes = moved.text;
    if (ends_with(bytes, "\n")) bytes.remove_suffix(1);
    for (const std::string& line : split(bytes, '\n')) {
      ToldItem item;
      item.kind = kind;
      item.form = "line";
      item.text = printable(line);
      written_[event.stamp.call].push_back(std::move(item));
    }
  }

  const Trace& trace_;
  const spec::Words& words_;
  StoryReader story_;
  World world_;
  Told told_;
  std::map<CallId, std::string> waits_;              ///< what the calls that blocked wait for
  std::map<CallId, std::vector<ToldItem>> written_;  ///< lines of calls that have not returned
  std::map<const spec::StepRow*, int> begun_;        ///< steps of this command that were told
};

void shorten(Arg& arg, ArgKind kind) {
  const bool path = arg.tag == ArgTag::Bytes && kind == ArgKind::Path;
  const bool descriptor = kind == ArgKind::Fd || kind == ArgKind::DirFd;
  if (path || descriptor) {
    arg.text = short_path(short_ids(arg.text), descriptor ? kBehindLength : kToldPathLength);
    arg.length = arg.text.size();
  }
  for (Arg& item : arg.items) {
    if (item.length == item.text.size()) item.length = short_ids(item.text).size();
    item.text = short_ids(item.text);
  }
  if (arg.tag != ArgTag::Bytes) return;
  if (kind == ArgKind::Text) {
    arg.text = short_text(short_ids(arg.text), kToldPathLength);
    arg.length = arg.text.size();
  }
  if (kind == ArgKind::Buffer && text_length(arg.text) > kBufferLength) {
    arg.text = arg.text.substr(0, utf8_prefix(arg.text, kBufferLength));
  }
}

}  // namespace

Syscall for_people(Syscall call) {
  const SyscallShape& shape = syscall_shape(call.sys);
  for (std::size_t i = 0; i < call.args.size() && i < shape.args.size(); ++i) {
    if (shape.args[i].name == "envp")
      call.args[i] = Arg{};
    else
      shorten(call.args[i], shape.args[i].kind);
  }
  return call;
}

Told tell(const Trace& trace) { return Teller(trace).tell(); }

}  // namespace cutaway::viz
