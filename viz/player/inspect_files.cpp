// Descriptors: what each stands for.
#include "base/text.h"
#include "trace/log/enum_names.h"
#include "trace/world/lookup.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostDescriptors = 12;
constexpr const char* kStandard[] = {"stdin", "stdout", "stderr"};

/// A descriptor of this number, in this task; else the fork that handed it down.
Origin opened(const cutaway::Task& task, std::int64_t fd) {
  Origin by_itself = set_by<FileOpened, FileDuplicated, FileReceived, SocketMade>().by(task.id);
  by_itself.sets = [fd](const Event& event) {
    if (const auto* e = std::get_if<FileOpened>(&event.body)) return e->fd == fd;
    if (const auto* e = std::get_if<FileDuplicated>(&event.body)) return e->fd == fd;
    if (const auto* e = std::get_if<FileReceived>(&event.body)) return e->fd == fd;
    if (const auto* e = std::get_if<SocketMade>(&event.body)) return e->fd == fd;
    return false;
  };
  const TaskId who = task.id;
  return either(std::move(by_itself), birth_of(who));
}

std::string file_words(const OpenFile& file) {
  return file.is.empty() ? std::string(enum_name(file.kind)) : file.is;
}

void add_pipe(const World& world, const OpenFile& file, Facts& facts) {
  const Pipe* pipe = world.pipes.find(file.pipe);
  if (pipe == nullptr) return;
  facts.title("Pipe");
  facts.value("name", pipe->name,
              set_by<PipeMade>([id = pipe->id](const PipeMade& made) { return made.id == id; }));
  facts.value("waiting in it", size_words(pipe->bytes));
  facts.value("room", size_words(pipe->capacity));
  facts.value("readers", decimal(pipe->readers));
  facts.value("writers", decimal(pipe->writers));
}

/// Who else has a descriptor for the same open file.
void add_sharers(const World& world, const OpenFile& file, Facts& facts) {
  facts.title("Open in");
  std::size_t told = 0;
  world.tasks.each([&](const cutaway::Task& task) {
    const FdTable* table = world.fd_tables.find(task.fds);
    if (task.leader != task.id || table == nullptr) return;
    for (const auto& [fd, entry] : table->fds) {
      if (entry.file != file.id || told++ >= kMostDescriptors) continue;
      facts.value(decimal(fd), task_tag(world, task.id));
    }
  });
}

}  // namespace

void add_descriptors(const Inspected& at, const cutaway::Task& task, Facts& facts) {
  const FdTable* table = at.world.fd_tables.find(task.fds);
  if (table == nullptr || table->fds.empty()) return;
  facts.title("Descriptors");
  std::size_t told = 0;
  for (const auto& [fd, entry] : table->fds) {
    const OpenFile* file = at.world.files.find(entry.file);
    if (file == nullptr || told++ >= kMostDescriptors) continue;
    facts.value(decimal(fd), file_words(*file), opened(task, fd));
  }
  if (told > kMostDescriptors) {
    facts.words("and " + decimal(static_cast<std::int64_t>(told - kMostDescriptors)) + " more");
  }
}

void inspect_descriptor(const Inspected& at, Facts& facts) {
  const cutaway::Task* task = at.world.tasks.find(at.subject.task);
  const OpenFile* file = task == nullptr ? nullptr : file_of(at.world, *task, at.subject.number);
  if (file == nullptr) return say_gone(at, facts);
  const std::int64_t fd = at.subject.number;
  facts.title("Descriptor " + decimal(fd));
  if (fd < 3) facts.value("called", kStandard[fd]);
  facts.value("of", task_words(at.world, task->id));
  facts.value("stands for", file_words(*file), opened(*task, fd), true);
  facts.value("kind", std::string(enum_name(file->kind)));
  if (file->kind == FileKind::Inode) facts.value("offset", decimal(file->offset));
  add_pipe(at.world, *file, facts);
  add_sharers(at.world, *file, facts);
}

}  // namespace cutaway::viz
