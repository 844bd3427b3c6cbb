#include "trace/world/descriptor_names.h"

#include "trace/event/shape.h"
#include "trace/world/lookup.h"

namespace cutaway {

void name_descriptors(const World& world, const Task& task, abi::Sys sys, std::vector<Arg>& args) {
  const SyscallShape& shape = syscall_shape(sys);
  for (std::size_t i = 0; i < shape.args.size() && i < args.size(); ++i) {
    if (shape.args[i].kind != ArgKind::Fd && shape.args[i].kind != ArgKind::DirFd) continue;
    const OpenFile* file = file_of(world, task, args[i].value);
    if (file != nullptr && args[i].tag == ArgTag::Integer) args[i].text = file->is;
  }
}

}  // namespace cutaway
