// rm, rmi, container prune.
#include <unistd.h>

#include <csignal>

#include "real/engine/engine.h"
#include "real/engine/pause.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "real/engine/volumes.h"
#include "real/sys/files.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

Status end_by_force(const Doing& doing, const ContainerRecord& record) {
  static_cast<void>(send_signal(doing.machine, record, SIGKILL));
  TRY(resume_if_paused(doing.machine, record));
  wait_for_end(record.init, -1);
  while (is_alive(record.shim)) ::usleep(kLookAgainUs);
  return {};
}

Status remove_one(const Doing& doing, const std::string& name) {
  TRY_ASSIGN(ContainerRecord record, find_current(doing.machine, name));
  if (record.lives()) {
    if (!doing.command.get<spec::RmOptions>().force) {
      const bool paused = record.state == RunState::Paused;
      return fail(ErrorCode::Failed, paused ? spec::say::cannot_remove_paused(record.name)
                                            : spec::say::cannot_remove_running(record.name));
    }
    TRY(end_by_force(doing, record));
  }
  TRY(remove_record(doing.machine, record, "rm"));
  if (!doing.command.get<spec::RmOptions>().volumes) return {};
  return remove_anonymous(doing.machine.state, record);
}

// The daemon's reason why not, or nothing.
std::string in_use(const Doing& doing, const StoredImage& image, const std::string& typed) {
  const auto holders = doing.machine.images.holders(image);
  if (!holders || holders->empty() || image.refs.size() > 1) return {};
  if (doing.command.get<spec::RmiOptions>().force) return {};
  return spec::say::image_reference_in_use(typed, holders->front(), image.id);
}

}  // namespace

int do_rm(const Doing& doing) {
  return doing.for_each_name([&doing](const std::string& name) { return remove_one(doing, name); });
}

int do_rmi(const Doing& doing) {
  int exit = 0;
  for (const std::string& name : doing.command.names) {
    const auto image = doing.machine.images.find(name);
    const auto reference = spec::parse_reference(name);
    if (!image) {
      exit = doing.refuse(reference ? spec::say::no_such_image(*reference)
                                    : reference.error().message);
      continue;
    }
    const std::string why = in_use(doing, *image, name);
    const auto removed = why.empty() ? doing.machine.images.remove(name)
                                     : Result<Removed>(fail(ErrorCode::Failed, why));
    if (!removed) {
      exit = doing.refuse(removed.error());
      continue;
    }
    for (const std::string& ref : removed->untagged) {
      doing.streams.out("Untagged: " + ref + "\n");
      if (doing.machine.story != nullptr)
        doing.machine.story->tell("image.tag", ContainerId{}, ImageRemoved{ref});
    }
    for (const std::string& digest : removed->deleted)
      doing.streams.out("Deleted: " + digest + "\n");
  }
  return exit;
}

int do_container_prune(const Doing& doing) {
  if (!doing.command.get<spec::PruneOptions>().force) {
    doing.streams.out(spec::prune_question(doing.command));
    char answer = 0;
    const bool yes = doing.streams.in >= 0 && ::read(doing.streams.in, &answer, 1) == 1 &&
                     (answer == 'y' || answer == 'Y');
    if (!yes) return 0;
  }
  spec::PruneReport report;
  for (const ContainerRecord& record : current_records(doing.machine)) {
    if (record.lives()) continue;
    const Status removed = remove_record(doing.machine, record, "prune");
    if (!removed) return doing.refuse(removed.error());
    report.containers.push_back(record.id);
  }
  doing.streams.out(spec::prune_report(report));
  return 0;
}

}  // namespace cutaway::real
