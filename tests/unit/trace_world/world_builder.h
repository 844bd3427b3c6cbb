// A small World made by hand, and a bench that applies effects to it: for tests of everything that
// reads or changes a World.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "trace/effects/emit.h"
#include "trace/world/world.h"

namespace cutaway::test {

/// A host: pid 1 "init" (task 1) in the eight initial namespaces; ext4 at "/", proc, sysfs, a tmpfs
/// with device files at /dev, devpts, cgroup file systems; a few folders and files. All mounts
/// shared, as systemd leaves them.
World make_host(CgroupVersion cgroup = CgroupVersion::V2);

inline constexpr TaskId kInit{1};

/// Puts files straight into a file system of a World that is being made.
InodeId put_folder(World& world, FilesystemId fs, std::string_view path, std::uint32_t mode = 0755);
InodeId put_file(World& world, FilesystemId fs, std::string_view path, std::int64_t size = 0,
                 std::uint32_t mode = 0644);
InodeId put_device(World& world, FilesystemId fs, std::string_view path, std::uint32_t major,
                   std::uint32_t minor);
InodeId put_link(World& world, FilesystemId fs, std::string_view path, std::string_view target);
FilesystemId root_fs(const World& world);

/// A Struct argument: {{"si_pid", Arg::integer(7)}, …}.
Arg make_struct(std::initializer_list<std::pair<std::string, Arg>> fields);

class Bench;

/// Some events of a bench's log, one after the other.
struct Events {
  const Bench* bench = nullptr;
  std::size_t from = 0, to = 0;
};

/// Effects are applied at once, as every sink does; after each call the invariants must hold.
class Bench : public EffectSink {
 public:
  explicit Bench(World start = make_host());
  ~Bench() override;

  void emit(TaskId subject, Body&& body) override;
  const World& world() const override { return world_; }

  /// A call that returned `ret`; the events that it caused.
  Events call(TaskId task, abi::Sys sys, std::vector<Arg> args, std::int64_t ret = 0);
  Events failed(TaskId task, abi::Sys sys, std::vector<Arg> args, abi::Errno err);
  Events call(const SyscallDone& done);
  /// Anything else that takes a sink.
  Events run(const std::function<void(EffectSink&)>& what);

  // Shorthands; each checks that the simulated result makes sense.
  TaskId clone(TaskId task, std::uint64_t flags = 0);
  TaskId fork(TaskId task) { return clone(task, 17); }
  Events exit(TaskId task, std::int64_t code = 0) {
    return call(task, abi::Sys::exit_group, {Arg::integer(code)});
  }
  Events mount(TaskId task, std::string_view source, std::string_view target, std::string_view type,
               std::uint64_t flags = 0, std::string_view data = {});
  /// Opens; the descriptor.
  std::int32_t open(TaskId task, std::string_view path, std::uint64_t flags = 0,
                    std::uint32_t mode = 0);
  Events write(TaskId task, std::int64_t fd, std::string_view text);
  /// open, write, close.
  Events write_file(TaskId task, std::string_view path, std::string_view text);
  void close(TaskId task, std::int64_t fd) { call(task, abi::Sys::close, {Arg::integer(fd)}); }

  const Task& task(TaskId id) const { return world_.tasks.at(id); }
  Events events() const { return Events{this, 0, events_.size()}; }
  const Event& event(std::size_t n) const { return events_[n]; }
  /// What replaying all events from the start gives.
  World replayed() const;

 private:
  World world_, start_;
  std::vector<Event> events_;
};

/// Events of one type, in their order.
template <class BodyType>
std::vector<BodyType> only(const Events& events) {
  std::vector<BodyType> found;
  for (std::size_t n = events.from; n < events.to; ++n) {
    if (const auto* body = std::get_if<BodyType>(&events.bench->event(n).body))
      found.push_back(*body);
  }
  return found;
}

/// One sentence per broken invariant, joined; empty is good.
std::string broken(const World& world);
/// The targets of a namespace's mounts in the order of the tree, "/ /proc /sys".
std::string mount_targets(const World& world, NsId ns);
/// Target, file system type, flags as mountinfo shows them for `viewer`.
std::string mountinfo(const World& world, TaskId viewer);
std::string read_virtual(const World& world, TaskId viewer, std::string_view path);

}  // namespace cutaway::test
