// The fixed words of the picture. English stands here as the default; a message file may replace
// every one of them.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace cutaway::viz {

struct ShipWords {
  // By Deck: its name, and what it does (one or two lines).
  std::array<std::string, 4> deck = {"Engine", "Processes", "Kernel", "Hardware"};
  std::array<std::vector<std::string>, 4> deck_does = {
      std::vector<std::string>{"asks"}, {"run"}, {"decides"}, {"one machine,", "shared"}};
  // By StationId.
  std::array<std::string, 5> station = {"Terminal", "Client", "Server (daemon)", "Image cache",
                                        "Hub"};
  std::string at_rest = "at rest";
  // By Column: the head of the kernel's column, a word beside it, and what it stands on.
  std::array<std::string, 7> column = {"cpu.max", "memory.max", "mnt", "net", "pid", "user", "uts"};
  std::array<std::string, 7> column_note = {"", "", "mount tables", "interfaces", "", "", ""};
  std::array<std::string, 7> column_foot = {"CPU",  "Memory", "Disk",     "Network card",
                                            "Pids", "Users",  "Hostnames"};
  std::string kernel_tables = "the kernel's tables";
  std::string host = "host";
  std::string host_tasks = "Host tasks";
  // In their place where the hull is a virtual machine, and what lies around it.
  std::string vm = "VM";
  std::string vm_tasks = "VM's tasks";
  std::string in_the_vm = "in the VM";
  std::string vm_share = "the VM's share";
  std::string outside = "outside";
  std::string one_socket = "one socket, through the hull";
  std::string laptop_hardware = "The laptop's hardware";
  std::string on_the_host = "on the host";
  std::string gate = "syscall gate: the only way in";
  std::string more = "more";
  std::string layers = "layers";
  std::string lost = "lost";
  // The legend on the keel.
  std::string own = "own namespace";
  std::string shared = "shares the host's";
  std::string lid = "lid: limit";
  std::string open_end = "open end: none";
  std::string filter = "syscall filter";
  std::string syscall = "syscall";
  std::string signal = "signal";
  // The large Engine.
  std::string you = "you";
  std::string client_program = "docker";
  std::string server = "Server";
  std::string daemon = "(daemon)";
  std::string server_program = "dockerd";
  std::string local_images = "local images";
  std::string far_away = "a registry, far away";
};

}  // namespace cutaway::viz
