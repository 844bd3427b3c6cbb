// What a verb is to look at (CONTRACT §1): a scenario (file or bundled id), docker commands, or a
// trace.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/verbs.h"
#include "scenarios/runner.h"
#include "spec/moment.h"
#include "trace/log/trace.h"
#include "trace/side.h"

namespace cutaway::app {

class LiveSession;

/// The options that every verb with an INPUT has.
struct InputOptions {
  std::string what;                   ///< file, id, or empty
  std::vector<std::string> commands;  ///< -e 'docker …'
  std::optional<std::uint64_t> seed;
  std::string machine;                   ///< --machine host|FILE
  std::optional<Machine> exact_machine;  ///< a moment's file says it
  std::string lesson;                    ///< the run that this lesson shows, instead of `what`
  bool empty = false;                    ///< a simulated machine on which nothing was typed yet
  std::string side = "sim";
  std::string state;            ///< --state: the real side's folder
  bool traced = true;           ///< false: the real side need not trace
  bool pass_on = false;         ///< the real side's output goes to ours as it comes
  LiveSession* live = nullptr;  ///< beside a real run
  /// Simulator: stands still as soon as there are so many events; what was to come is left out.
  std::optional<std::size_t> pause_at;
};
void add_input_options(CLI::App& options, InputOptions& input);

/// A run that came to its end: its trace, and what its commands gave.
struct Run {
  std::unique_ptr<Side> side;  ///< null for a trace that was read
  std::unique_ptr<Trace> read;
  scenarios::RunReport report;
  bool is_scenario = false;  ///< or a litmus document: its expectations decide the exit status
  bool is_litmus = false;
  std::string title;
  /// How to come to this run again; none for a real one: another would be another.
  std::optional<spec::SavedMoment> origin;
  /// What the input says about where to look: a moment's file was opened.
  std::optional<spec::SavedMoment> opened;

  const Trace& trace() const { return side ? side->trace() : *read; }
};

/// The trace of a run that is needed no more.
Trace take_trace(Run&& run);

/// Runs (or reads) what was asked for.
Result<Run> load(const InputOptions& input, const Invocation& invocation);
/// The docker commands of the input, each as words; empty for scenarios and traces.
Result<std::vector<std::vector<std::string>>> docker_words(const InputOptions& input,
                                                           const Invocation& invocation);

/// A number of events, or "last". `option` is what a message calls it.
Result<std::size_t> position(const std::string& at, const Trace& trace,
                             const std::string& option = "--at");

/// INPUT is a file with a JSON document (else the id of a bundled scenario).
bool is_document(const std::string& what);
Result<JsonDocument> read_document(const std::string& path);

/// Writes a trace as its name says: .jsonl or .cut.
Status write_trace(const std::string& path, const Trace& trace);
Result<Trace> read_trace(const std::string& path);
bool looks_like_trace(const std::string& what);

}  // namespace cutaway::app
