// A finished call at hand: its arguments by position (trace/event/shape.h), its task, and the sink.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "trace/effects/emit.h"
#include "trace/world/walk.h"

namespace cutaway {

class Call {
 public:
  Call(const SyscallDone& done, EffectSink& sink) : done_(done), sink_(sink) {}

  const SyscallDone& done() const { return done_; }
  EffectSink& sink() const { return sink_; }
  const World& world() const { return sink_.world(); }
  TaskId self() const { return done_.task; }
  const Task& task() const { return world().tasks.at(done_.task); }
  std::int64_t ret() const { return done_.ret; }

  /// Argument `i`; Missing when there are not so many.
  const Arg& arg(std::size_t i) const;
  std::int64_t number(std::size_t i) const { return arg(i).value; }
  std::uint64_t bits(std::size_t i) const { return static_cast<std::uint64_t>(arg(i).value); }
  const std::string& text(std::size_t i) const { return arg(i).text; }

  template <class BodyType>
  void emit(BodyType body) const {
    emit_body(sink_, done_.task, std::move(body));
  }
  template <class BodyType>
  void emit_for(TaskId subject, BodyType body) const {
    emit_body(sink_, subject, std::move(body));
  }

  /// The path in argument `path`, from the cwd, or from the directory descriptor in argument
  /// `dirfd`.
  Walk find(std::size_t path, LastLink last = LastLink::Follow) const;
  Walk find_at(std::size_t dirfd, std::size_t path, LastLink last = LastLink::Follow) const;
  /// The same, but with AT_EMPTY_PATH and an empty path the descriptor itself.
  Walk find_at_or_fd(std::size_t dirfd, std::size_t path, std::uint64_t at_flags,
                     LastLink last) const;
  /// What a descriptor of the caller refers to, or null.
  const OpenFile* file(std::int64_t fd) const;

 private:
  const SyscallDone& done_;
  EffectSink& sink_;
};

/// The value of a field of a Struct argument (`key`), or null.
const Arg* field(const Arg& arg, std::string_view key);
std::int64_t field_number(const Arg& arg, std::string_view key, std::int64_t otherwise = 0);
std::string field_text(const Arg& arg, std::string_view key);

}  // namespace cutaway
