// cutaway trace: reads a trace, shows, converts, filters it.
#include <functional>

#include "app/cli/input.h"
#include "app/cli/options.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "spec/predicate.h"
#include "trace/log/cut.h"
#include "trace/log/export.h"
#include "trace/log/jsonl.h"
#include "viz/text.h"

namespace cutaway::app {

namespace {

struct Format {
  std::string_view name;
  std::string (*write)(const Trace&);
};
constexpr Format kFormats[] = {{"jsonl", to_jsonl},
                               {"cut", to_cut},
                               {"strace", to_strace},
                               {"chrome", to_chrome},
                               {"csv", to_csv}};

int info(const Trace& trace) {
  std::size_t syscalls = 0;
  for (std::size_t n = 0; n < trace.size(); ++n)
    syscalls += trace.record(n).sys != 0xffff ? 1U : 0U;
  Json facts = header_to_json(trace.header);
  facts["events"] = trace.size();
  facts["syscalls"] = syscalls;
  facts["ns"] = trace.size() == 0 ? 0 : trace.record(trace.size() - 1).t;
  os::write_out(facts.dump(2) + "\n");
  return 0;
}

int convert(const Trace& trace, const std::string& to, const std::string& out) {
  std::vector<std::string> names;
  for (const Format& format : kFormats) {
    names.emplace_back(format.name);
    if (format.name != to) continue;
    const Status written = os::write_file(out, format.write(trace));
    return written ? 0 : report(written.error());
  }
  return report(
      {ErrorCode::Usage, "--to " + to + ": unknown format", "one of " + join(names, ", ")});
}

int filter(const Trace& trace, const std::string& pattern) {
  const auto event_pattern = spec::parse_event_pattern(pattern);
  if (!event_pattern) return report(event_pattern.error());
  World world;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const Json json = event_to_json(trace, n, world);
    evolve(world, event);
    if (spec::matches(*event_pattern, json) && !os::write_out(json.dump() + "\n")) return 0;
  }
  return 0;
}

}  // namespace

int cmd_trace(const Invocation& invocation) {
  std::string verb;
  std::string file;
  std::string to = "jsonl";
  std::string out = "-";
  std::string pattern = "{}";
  CLI::App options("Reads a trace (.jsonl or .cut).", "cutaway trace");
  options.add_option("verb", verb, "info, print, convert or filter")
      ->required()
      ->check(CLI::IsMember({"info", "print", "convert", "filter"}));
  options.add_option("file", file, "the trace")->required();
  options.add_option("--to", to, "convert: jsonl, cut, strace, chrome or csv");
  options.add_option("-o,--output", out, "convert: file to write; - is standard output");
  options.add_option("--event", pattern, "filter: fields that an event must have, as JSON");
  if (const auto done = parse_options(options, invocation)) return *done;

  const auto trace = read_trace(file);
  if (!trace) return report(trace.error());
  if (verb == "info") return info(*trace);
  if (verb == "convert") return convert(*trace, to, out);
  if (verb == "filter") return filter(*trace, pattern);
  os::write_out(viz::annotate(*trace, os::terminal_columns()));
  return 0;
}

}  // namespace cutaway::app
