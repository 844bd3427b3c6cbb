// Random traces that could have happened: events about tasks, namespaces, mounts, files, cgroups
// and containers that are there. Nothing is decided by a kernel: what is wanted is Worlds that
// change in many places.
#pragma once

#include <cstdint>

#include "tests/property/random_fields.h"
#include "trace/log/trace.h"

namespace cutaway {

class Generator {
 public:
  Generator(Trace& trace, std::uint64_t seed)
      : trace_(trace), random_(seed, RandomNumbers::Plausible) {}

  /// The machine, if the trace is empty, then random events until it has `events`.
  void run_until(std::size_t events);

 private:
  using Maker = void (Generator::*)();

  void start();
  void emit(Body body);
  const World& world() const { return trace_.head(); }
  /// Any of the table, or null.
  template <class IdType, class T>
  const T* any(const Table<IdType, T>& table);
  /// With its fields filled but for ids.
  template <class T>
  T filled();

  void fork_task();
  void end_task();
  void change_task();
  void use_cpu();
  void send_signal();
  void make_namespace();
  void join_namespace();
  void change_namespace();
  void attach_mount();
  void change_mount();
  void create_file();
  void change_file();
  void open_file();
  void use_descriptor();
  void move_bytes();
  void make_cgroup();
  void use_cgroup();
  void use_network();
  void change_network();
  void change_networks();
  void run_command();
  void pull_image();
  void create_container();
  void change_container();
  void make_call();
  void remark();

  Trace& trace_;
  RandomFields random_;
  TaskId task_;
  std::int64_t now_ = 0;
  std::uint32_t calls_ = 0;
};

template <class IdType, class T>
const T* Generator::any(const Table<IdType, T>& table) {
  if (table.empty()) return nullptr;
  std::uint64_t index = random_.below(table.size());
  return table.first([&index](const T&) { return index-- == 0; });
}

template <class T>
T Generator::filled() {
  T value{};
  random_.fill(value);
  return value;
}

}  // namespace cutaway
