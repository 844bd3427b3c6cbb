// Limits that change while the container runs (`docker update`, the sliders).
#include "real/cgroup/cgroup.h"
#include "real/cgroup/control_file.h"
#include "real/sys/files.h"

namespace cutaway::real {

Result<std::string> CgroupDriver::set_limit(const std::string& id,
                                            const spec::CgroupSetting& setting) const {
  TRY_ASSIGN(const std::string folder, place_with(setting.controller, id));
  const std::string file = folder + "/" + setting.file;
  // Without swap accounting (CONFIG_SWAP, swapaccount=0) there is no such file to be limited.
  if (setting.optional && !exists(file)) return std::string();
  TRY(write_control(file, setting.value));
  return read_control(file);
}

}  // namespace cutaway::real
