// Futures of a session, and sessions as files.
#include "app/cli/input.h"
#include "app/shell/sim_session.h"
#include "base/os/files.h"
#include "base/text.h"
#include "scenarios/bundled.h"

namespace cutaway::app {

namespace {

bool is_number(const std::string& text) {
  std::int64_t n = 0;
  return parse_decimal(text, n);
}

}  // namespace

Result<SimSession::Future> SimSession::future_of(const std::vector<ShellStep>& steps) const {
  SimSession other(
      options_, [](const ShellPiece&) {}, begin_);
  for (const ShellStep& step : steps) TRY(other.perform(step));
  return std::move(other.futures_.at("main"));
}

Status SimSession::fork(const std::string& name) {
  if (is_number(name))
    return fail(ErrorCode::Usage, "fork " + name + ": a name was expected; numbers are terminals");
  if (futures_.count(name) != 0)
    return fail(ErrorCode::Usage, "fork " + name + ": there is a future of that name");
  TRY_ASSIGN(Future future, future_of(now().steps));
  future.terminal = now().terminal;
  note("'" + name + "' begins here; '" + future_ + "' stays as it is (switch " + future_ + ")");
  futures_[name] = std::move(future);
  future_ = name;
  return {};
}

Status SimSession::switch_to(const std::string& name) {
  if (is_number(name)) {
    now().terminal = name;
    if (keyboard_taken()) note("a program has the keyboard here (Ctrl-] leaves it)");
    return {};
  }
  if (futures_.count(name) == 0)
    return fail(ErrorCode::Usage, "switch " + name + ": there is no such future",
                "fork " + name + " begins one");
  future_ = name;
  return {};
}

Status SimSession::save(const std::string& path) {
  if (looks_like_trace(path)) return write_trace(path, trace());
  if (!ends_with(path, ".json")) {
    return fail(ErrorCode::Usage,
                "save " + path + ": a name that ends in .json, .cut or .jsonl was expected");
  }
  const std::size_t slash = path.rfind('/');
  const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
  const std::string id = file.substr(0, file.size() - std::string_view(".json").size());
  return os::write_file(path, steps_to_json(now().steps, options_.machine, options_.seed, id));
}

Status SimSession::load(const std::string& path) {
  spec::Scenario scenario;
  if (is_document(path)) {
    TRY_ASSIGN(const JsonDocument document, read_document(path));
    TRY_ASSIGN(scenario, spec::load_scenario(document));
  } else {
    TRY_ASSIGN(scenario, scenarios::load_bundled(path));
  }
  TRY_ASSIGN(const std::vector<ShellStep> steps, steps_of(scenario));
  sim::SimulatorOptions options = sim::simulator_options(scenario);
  options.commands.clear();
  options.commands_come_later = true;
  options_ = std::move(options);
  begin_ = {};
  futures_.clear();
  future_ = "main";
  futures_[future_].simulator = fresh();
  for (const ShellStep& step : steps) TRY(perform(step));
  return {};
}

std::vector<std::string> SimSession::futures() const {
  std::vector<std::string> names;
  for (const auto& [name, future] : futures_) names.push_back(name);
  return names;
}

}  // namespace cutaway::app
