// What an event says, in a few words: "descriptor 3 = /etc/passwd", "overlay on /", "SIGTERM
// ignored: pid 1 without a handler". One template for each kind and op in the message file
// ("event.ns.created"); {field} stands for a field of the event's body.
#pragma once

#include <string>

#include "spec/words.h"
#include "trace/event/event.h"
#include "trace/log/trace.h"
#include "trace/world/world.h"

namespace cutaway::viz {

/// The end of the key of an event's words: "task.exited.signal". Its first two parts are kind and
/// op.
[[nodiscard]] std::string event_form(const Body& body);

/// `known`: a World in which those whom the event names can be found: the one after it, but the one
/// before it for what ends an existence. For a syscall its text; an engine's event as a full
/// phrase.
[[nodiscard]] std::string event_words(const spec::Words& words, const World& known,
                                      const Event& event);
/// Does the event end something, so that only the World before it knows its name?
[[nodiscard]] bool ends_something(const Body& body);
/// The same for event n of a trace; `after` is the World after it or later.
[[nodiscard]] std::string event_words(const Trace& trace, std::size_t n, const World& after);

/// "root, 14 of 41 capabilities, filtered": who a task is to the kernel.
[[nodiscard]] std::string credentials_words(const Credentials& credentials);

}  // namespace cutaway::viz
