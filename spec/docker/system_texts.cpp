// docker version and docker info: pages of names and values, as docker's templates lay them out.
#include "base/text.h"
#include "spec/docker_inspect.h"

namespace cutaway::spec {

namespace {

struct FieldRow {
  std::string_view label;  ///< with its indent
  std::string_view field;
};

std::string field_value(const OrderedJson& json, std::string_view field) {
  const auto found = json.find(std::string(field));
  if (found == json.end()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

template <std::size_t N>
std::string page(const FieldRow (&rows)[N], const OrderedJson& json, std::size_t column) {
  std::string text;
  for (const FieldRow& row : rows) {
    std::string line(row.label);
    if (line.size() < column) line.append(column - line.size(), ' ');
    text += line + field_value(json, row.field) + "\n";
  }
  return text;
}

constexpr FieldRow kServer[] = {{"  Version:", "Version"},
                                {"  API version:", "ApiVersion"},
                                {"  OS/Arch:", "OsArch"},
                                {"  Experimental:", "Experimental"}};

constexpr FieldRow kInfo[] = {{" Containers: ", "Containers"},
                              {"  Running: ", "ContainersRunning"},
                              {"  Paused: ", "ContainersPaused"},
                              {"  Stopped: ", "ContainersStopped"},
                              {" Images: ", "Images"},
                              {" Server Version: ", "ServerVersion"},
                              {" Storage Driver: ", "Driver"},
                              {" Logging Driver: ", "LoggingDriver"},
                              {" Cgroup Driver: ", "CgroupDriver"},
                              {" Cgroup Version: ", "CgroupVersion"},
                              {" Default Runtime: ", "DefaultRuntime"},
                              {" Kernel Version: ", "KernelVersion"},
                              {" OSType: ", "OSType"},
                              {" Architecture: ", "Architecture"},
                              {" CPUs: ", "NCPU"},
                              {" Total Memory: ", "MemText"},
                              {" Name: ", "Name"},
                              {" Docker Root Dir: ", "DockerRootDir"}};

}  // namespace

std::string go_os(HostOs os) {
  if (os == HostOs::Mac) return "darwin";
  return os == HostOs::Windows ? "windows" : "linux";
}

std::string go_arch(std::string_view uname_machine) {
  if (uname_machine == "x86_64") return "amd64";
  return uname_machine == "aarch64" ? "arm64" : std::string(uname_machine);
}

std::string version_text(const OrderedJson& server, const std::string& client) {
  const std::string version(kDockerClientVersion);
  return "Client:\n Version:           " + version +
         "\n API version:       " + field_value(server, "ApiVersion") +
         "\n OS/Arch:           " + client +
         "\n Context:           default\n\nServer:\n Engine:\n" + page(kServer, server, 20);
}

std::string info_text(const OrderedJson& info) {
  return "Client:\n Version:    " + std::string(kDockerClientVersion) +
         "\n Context:    default\n Debug Mode: false\n\nServer:\n" + page(kInfo, info, 0);
}

}  // namespace cutaway::spec
