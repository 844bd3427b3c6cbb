// Checkpoints of a simulation (DESIGN §5.3): values are copied, programs are begun again and given
// the replies that they had.
#include "sim/kernel/kernel_impl.h"

namespace cutaway::sim {

std::shared_ptr<const KernelCheckpoint> Kernel::checkpoint() const {
  const Impl& now = *impl_;
  const bool between_steps = now.actor == nullptr && now.touched.empty() && now.signalled.empty() &&
                             now.limited.empty() && now.unpaid.empty() &&
                             now.quota_written.empty() && now.ended.empty() && !now.thawed;
  if (!between_steps) return nullptr;
  auto made = std::make_shared<KernelCheckpoint>(KernelCheckpoint{now, {}});
  for (const std::unique_ptr<TaskRun>& run : now.runs) {
    if (run == nullptr) continue;
    KernelCheckpoint::TaskAt task{*run, std::nullopt};
    if (run->context != nullptr) {
      task.program = run->context->recorded();
      if (!task.program) return nullptr;
    }
    made->tasks.push_back(std::move(task));
  }
  return made;
}

void Kernel::restore(const KernelCheckpoint& checkpoint) {
  static_cast<KernelFacts&>(*impl_) = checkpoint.facts;
  impl_->runs.clear();
  impl_->watchers.clear();  // none was there: their tasks cannot be begun again
  for (const KernelCheckpoint::TaskAt& task : checkpoint.tasks) {
    auto run = std::make_unique<TaskRun>();
    static_cast<TaskFacts&>(*run) = task.facts;
    if (task.program) {
      run->context = std::make_unique<Context>(run->id);
      run->context->rebuild(*task.program, *this);
    }
    if (impl_->runs.size() <= run->id.value) impl_->runs.resize(run->id.value + 1);
    impl_->runs[run->id.value] = std::move(run);
  }
}

}  // namespace cutaway::sim
