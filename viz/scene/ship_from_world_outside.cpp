// What lies around a hull that is a virtual machine: from the machine of the trace's header, and
// the memory of the World, which is the inner machine's.
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

struct Laptop {
  HostOs os;
  const char* name;
  const char* kernel;
  const char* hull;
  const char* note;
};
constexpr const char* kKernelDoes =
    "runs its own programs, and a hypervisor that lends the VM processor time and memory";
constexpr Laptop kLaptops[] = {
    {HostOs::Mac, "Your Mac", "macOS kernel (Darwin)",
     "hull of the Linux VM: to the Mac all of this is one program",
     "Namespaces and cgroups are Linux's. The Mac's own kernel has neither, so docker brings a "
     "Linux along."},
    {HostOs::Windows, "Your Windows PC", "Windows kernel (NT)",
     "hull of the Linux VM: to Windows all of this is one program",
     "Namespaces and cgroups are Linux's. Windows' own kernel has neither, so docker brings a "
     "Linux along."}};

}  // namespace

std::optional<OutsideModel> outside_model(const Picture& p) {
  for (const Laptop& laptop : kLaptops) {
    if (laptop.os != p.trace.header.machine.os) continue;
    OutsideModel outside;
    outside.name = laptop.name;
    outside.kernel = laptop.kernel;
    outside.kernel_does = kKernelDoes;
    outside.hull = laptop.hull;
    outside.note = laptop.note;
    outside.vm_process = "VM process";
    const std::int64_t used = memory_used(p);
    const std::int64_t most = p.world.machine.memory;
    if (used > 0) outside.vm_uses = memory_words(used);
    if (used > 0 && most > 0) {
      outside.vm_limit = "VM: " + memory_of_words(used, most) + " at most";
      outside.vm_share = static_cast<double>(used) / static_cast<double>(most);
    }
    return outside;
  }
  return std::nullopt;
}

}  // namespace cutaway::viz
