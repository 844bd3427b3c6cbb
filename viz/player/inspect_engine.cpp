// The stations of the Engine; what is under way; a line that was printed.
#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/player/event_line.h"
#include "viz/player/inspect_parts.h"
#include "viz/player/printed.h"
#include "viz/text/call_words.h"
#include "viz/text/engine_told.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

void add_commands(const Inspected& at, Facts& facts) {
  facts.title("Commands");
  for (const CommandRecord& command : at.world.engine->commands) {
    facts.value(command.done ? "exit " + decimal(command.exit) : "runs", command.line,
                command.done ? set_by<CliDone>() : set_by<CliTyped>(), !command.done);
  }
  if (at.world.engine->commands.empty()) facts.words("Nothing has been typed yet.");
}

void add_requests(const Inspected& at, Facts& facts) {
  facts.title("Requests of this command");
  for (const ApiCall& call : at.world.engine->requests) {
    const RequestId id = call.id;
    const Origin asked = set_by<ApiRequested>([id](const ApiRequested& e) { return e.id == id; });
    const Origin answered = set_by<ApiAnswered>([id](const ApiAnswered& e) { return e.id == id; });
    const std::string status = call.status == 0 ? "waits" : decimal(call.status);
    facts.value(status, request_verb(call), call.status == 0 ? asked : answered, call.status == 0);
  }
  if (at.world.engine->requests.empty()) facts.words("None yet.");
}

/// Processes of a role: who a station is to the kernel.
void add_role(const Inspected& at, Role role, Facts& facts) {
  facts.title("Process");
  std::size_t count = 0;
  at.world.tasks.each([&](const cutaway::Task& task) {
    if (task.role != role || task.leader != task.id) return;
    ++count;
    const TaskId who = task.id;
    facts.value(decimal(task.pid()), task.comm, birth_of(who));
  });
  if (count == 0) facts.words("None at this moment.");
}

void add_client(const Inspected& at, Facts& facts) {
  add_role(at, Role::Client, facts);
  add_requests(at, facts);
}

void add_server(const Inspected& at, Facts& facts) {
  add_role(at, Role::Daemon, facts);
  add_requests(at, facts);
  facts.title("Records of containers");
  for (const cutaway::Container* box : containers_by_slot(at.world)) {
    facts.value(container_name(at.world, *box), state_words(at.world, *box),
                set_by<ContainerCreated, ContainerStarted, ContainerExited>().about(box->number));
  }
}

void add_cache(const Inspected& at, Facts& facts) {
  facts.title("Images");
  for (const auto& [ref, image] : *at.world.images) {
    const std::string name = ref;
    facts.value(image_name(ref), size_words(image.size),
                set_by<ImageTagged>([name](const ImageTagged& e) { return e.ref == name; }));
  }
  if (at.world.images->empty()) facts.words("None.");
  if (at.world.engine->last_lookup.empty()) return;
  facts.title("Last asked");
  facts.value("for", at.world.engine->last_lookup, set_by<ImageLookedUp>(), true);
  facts.value("found", at.world.engine->last_hit ? "yes" : "no", set_by<ImageLookedUp>());
}

void add_hub(const Inspected& at, Facts& facts) {
  facts.title("Hub");
  const Origin asked =
      set_by<ImageLookedUp>([](const ImageLookedUp& e) { return e.where == "hub"; });
  facts.value("asked", counted(at.world.engine->hub_asked, "time"),
              either(asked, set_by<ImageResolved, LayerFetched>()), true);
  facts.title("On its shelf");
  for (const std::string& name : at.world.engine->hub_shelf) facts.value("", name);
}

struct StationRow {
  std::string_view name;
  InspectFn add;
};
constexpr StationRow kStationRows[] = {{"terminal", add_commands},
                                       {"client", add_client},
                                       {"server", add_server},
                                       {"cache", add_cache},
                                       {"hub", add_hub}};

void add_call(const Inspected& at, const Event& event, const Syscall& call, Facts& facts) {
  facts.title("System call");
  facts.words(line_whole(at.trace, at.index, at.subject.event));
  const spec::Sentence said = call_sentence(spec::Words::of(), at.world, event.stamp.task, call);
  if (!said.what.empty()) facts.words(said.what);
  if (!said.why.empty()) facts.words(said.why);
  facts.value("by", task_words(at.world, event.stamp.task));
  if (!call.returned) return facts.value("answer", "none: it never returned");
  facts.value("answer", answer_label(call), {}, true);
  if (call.err != abi::Errno::kOk) facts.value("that is", errno_words(call.err));
  facts.value("took", duration_words(call.dur));
}

}  // namespace

void inspect_station(const Inspected& at, Facts& facts) {
  for (const StationRow& station : kStationRows) {
    if (station.name == at.subject.name) return station.add(at, facts);
  }
}

void inspect_happening(const Inspected& at, Facts& facts) {
  if (at.subject.event >= at.trace.size()) return say_gone(at, facts);
  if (at.subject.event >= at.moment.position) return facts.words("It has not happened yet.");
  const Event event = at.trace.event(at.subject.event);
  if (const auto* call = std::get_if<Syscall>(&event.body)) {
    return add_call(at, event, *call, facts);
  }
  facts.title("What happened");
  facts.words(event_words(at.trace, at.subject.event, at.world));
  facts.value("by", task_words(at.world, event.stamp.task));
}

void inspect_line(const Inspected& at, Facts& facts) {
  if (at.subject.event >= at.moment.position) return facts.words("It has not been printed yet.");
  const Event event = at.trace.event(at.subject.event);
  if (const auto* typed = std::get_if<CliTyped>(&event.body)) {
    facts.title("Typed");
    return facts.words(typed->line);
  }
  const Printed printed = printed_by(at.trace, at.index, at.subject.event);
  facts.title("Printed");
  facts.words(printed.text);
  facts.value("by", task_words(at.world, event.stamp.task),
              Origin{bodies<BytesMoved, CliPrinted>(), event.stamp.task, {}, nullptr}, true);
  if (!printed.channel.empty()) facts.value("over", printed.channel);
  if (printed.writer == kNoEvent) return;
  const Event source = at.trace.event(printed.writer);
  facts.value(
      "written by", task_words(at.world, source.stamp.task),
      set_by<BytesMoved>([file = std::get<BytesMoved>(source.body).file,
                          data = std::get<BytesMoved>(source.body).data](const BytesMoved& e) {
        return e.dir == Direction::Out && e.file == file && e.data == data;
      }));
}

}  // namespace cutaway::viz
