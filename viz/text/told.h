// A trace as a story, taken apart: commands, their beats, the steps of each, and what was done in
// them. What `annotate` prints; data, so that it can be tested and shown in other ways.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spec/plan/steps.h"
#include "trace/log/trace.h"

namespace cutaway::viz {

struct ToldItem {
  enum class Kind {
    Call,     ///< a system call
    Fact,     ///< what the engine says: requests, answers, images, records
    Output,   ///< a line that a container wrote
    Printed,  ///< a line that the client wrote to the terminal
  };
  Kind kind = Kind::Call;
  std::string who;   ///< program that made the call
  std::string form;  ///< items of one form in a row are told as one with a count
  std::string text;
  std::int64_t waited = 0;  ///< ns, when it is worth saying
  std::string waited_for;
  bool bad = false;  ///< a call that was refused
};

struct ToldStep {
  const spec::StepRow* row = nullptr;
  bool again = false;  ///< an earlier beat told its beginning
  std::vector<ToldItem> items;
};

struct ToldBeat {
  spec::Beat beat = spec::Beat::Ask;
  std::int64_t t = 0;  ///< when it began
  std::vector<ToldStep> steps;
};

struct ToldCommand {
  std::string line;
  bool done = false;
  int exit = 0;
  std::int64_t from = 0, to = 0;  ///< ns
  std::vector<ToldBeat> beats;
};

struct Told {
  std::vector<ToldCommand> commands;
  std::size_t events = 0;
  std::size_t calls = 0;  ///< of all tasks
  std::int64_t lost = 0;
};

[[nodiscard]] Told tell(const Trace& trace);

/// A call shortened for people: long paths and buffers cut, the environment left out.
[[nodiscard]] Syscall for_people(Syscall call);

}  // namespace cutaway::viz
