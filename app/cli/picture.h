// What window and export have in common on the command line.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "trace/log/trace.h"
#include "viz/picture.h"
#include "viz/window.h"

namespace cutaway::app {

/// The sentences of hello-world's greeting when the trace runs it, else none.
std::vector<viz::SentenceCard> greeting_cards(const Trace& trace);

/// "--size": WIDTHxHEIGHT in pixels.
Status read_size(const std::string& text, int& width, int& height);

/// "command", "beat", "step", "syscall", "effect".
bool read_step_size(const std::string& text, viz::StepSize& size);

}  // namespace cutaway::app
