#include "tests/viz/specimens.h"

namespace cutaway::viz {
namespace {

void own_namespaces(Actor& actor, NsKind user) {
  for (const Column c : {Column::Mount, Column::Net, Column::Pid, Column::Uts})
    actor.ns[index_of(c)] = NsKind::Own;
  actor.ns[index_of(Column::User)] = user;
}

Actor host_actor() {
  Actor host;
  host.id = "host";
  host.name = "host";
  host.row = 0;
  host.gate = true;
  host.cpu = Gauge{"0.7 cpu", 0.34, false, false, 0};
  host.memory = Gauge{"2.1 GiB", 0.26, false, false, 0};
  own_namespaces(host, NsKind::Own);
  host.table(Column::Mount) = {{"node:host/mnt", "/", "ext4", false}};
  host.table(Column::Net) = {{"node:host/net", "docker0", ".0.1", false}};
  host.table(Column::Pid) = {{"pid:4711", "4711", "", false}};
  host.table(Column::User) = {{"user:0", "0 root", "", false}};
  host.table(Column::Uts) = {{"uts:host", "lab", "", false}};
  return host;
}

Container echo_container() {
  Container c;
  Actor& a = c.actor;
  a.slot = 0;
  a.id = "8f2c";
  a.name = "8f2c";
  a.gate = true;
  a.cpu = Gauge{"0.1 cpu", 0.08, false, false, 0};
  a.memory = Gauge{"1.2 MiB", 0.03, false, false, 0};
  own_namespaces(a, NsKind::Host);
  a.table(Column::Mount) = {{"node:8f2c/mnt", "/", "overlay", true}};
  a.table(Column::Net) = {{"node:8f2c/net", ".0.2", "", false}};
  a.table(Column::Pid) = {{"pid:8f2c/1", "1 = 4711", "", false}};
  a.table(Column::Uts) = {{"uts:8f2c", "lab", "", false}};
  c.image = "busybox";
  c.state = "state: creating";
  c.tasks = {{"task:4711", "1", "4711", "runc:[2:INIT]", TaskMode::Now}};
  c.notes = {"next, by execve:", "echo hi there", "same task, new program"};
  c.plugs = {{0, "stdin", "/dev/null"}, {1, "stdout", "pipe"}, {2, "stderr", "pipe"}};
  return c;
}

HardwareModel echo_hardware() {
  HardwareModel hw;
  hw.cpus = {{{0, 0.3, kHostSlot, false}, {0.42, 0.6, kHostSlot, false}, {0.72, 1, 0, false}},
             {{0.1, 0.22, kHostSlot, false}, {0.5, 0.8, kHostSlot, false}}};
  hw.memory = {{kHostSlot, "slice:host/mem", 0.262, "2.1 GiB", false},
               {0, "slice:8f2c/mem", 0.01, "1.2 MiB", false}};
  hw.memory_total = "8 GiB";
  hw.memory_free = "5.9 free";
  hw.host_files = {"/", "host's", "files"};
  hw.tops = {{0, "top:8f2c", "top", "", false}};
  hw.layers = {{"layer:busybox", "busybox", "read-only", 1, {0}, 0, false, kHostSlot}};
  hw.card_name = "eth0";
  hw.card_address = "10.0.0.5";
  hw.card_use = {{kHostSlot, 0.2}};
  return hw;
}

Caption echo_caption() {
  using State = CaptionPart::State;
  return {"pivot_root makes the image's folder the “/” of this task.",
          "The host's tree hangs on for three more calls; when umount2 cuts it off, no path leads "
          "back to it.",
          {{1, "Who asks?", "4711, root, 41 caps", State::Ok},
           {2, "Gate", "no filter yet", State::Ok},
           {3, "Which mounts?", "own, mnt …2611", State::Ok},
           {4, "Effect", "/ is overlay", State::Ok},
           {5, "Answer", "0, next", State::Next}}};
}

EngineModel hello_engine() {
  using Tone = TerminalLine::Tone;
  EngineModel e;
  for (StationModel& station : e.stations) station.state = StationState::Visited;
  e.station(StationId::Server).state = StationState::Active;
  e.terminal = {
      {"$ docker run hello-world", Tone::Typed},       {"Unable to find image", Tone::Printed},
      {"'hello-world:latest' locally", Tone::Printed}, {"latest: Pulling from", Tone::Printed},
      {"library/hello-world", Tone::Printed},          {"17eec7bbc9d7: Downloading", Tone::Newest}};
  e.client_words = {"asks,", "waits,", "prints", "what it", "is told"};
  e.server_says = "asks for hello-world";
  e.messages = {
      {Link::TerminalClient, false, MessageKind::Request, "", 1, Step::Done},
      {Link::ClientServer, false, MessageKind::Request, "create", 0, Step::Done},
      {Link::ClientServer, true, MessageKind::Refusal, "404 no such image", 2, Step::Done},
      {Link::ClientServer, false, MessageKind::Request, "pull", 3, Step::Done},
      {Link::ClientServer, true, MessageKind::Words, "progress: words", 0, Step::Done},
      {Link::TerminalClient, true, MessageKind::Words, "", 0, Step::Done},
      {Link::Hub, false, MessageKind::Request, "", 4, Step::Done},
      {Link::Hub, true, MessageKind::Layers, "", 5, Step::Now}};
  e.cached = {{"image:hello-world", "hello-world", "1.5 of 2.4 kB", 0.62}};
  e.cache_note = "Was empty: that is why the hub is asked.";
  e.shelf = {{"hub:hello-world", "hello-world", "stays here", 1},
             {"hub:busybox", "busybox", "", 0},
             {"hub:redis", "redis", "", 0}};
  e.cards_title = "The four sentences that hello-world will say";
  e.cards_note = "each is a part of this picture; it lights up when it has come true";
  e.cards = {{"The client asked the server.", "ask", Step::Done},
             {"The server fetched this image from the hub.", "fetch", Step::Now},
             {"The server made a container of it and started me.", "create, start", Step::Ahead},
             {"What I write goes through the server to your terminal.", "speak", Step::Ahead}};
  return e;
}

}  // namespace

Specimen run_echo_specimen() {
  Specimen s;
  ShipModel& m = s.model;
  const char* subs[] = {"docker run …", "docker", "dockerd", "busybox ✓", "not asked"};
  for (std::size_t i = 0; i < kStationCount; ++i) {
    m.engine.stations[i] = {subs[i], i < 4 ? StationState::Visited : StationState::Idle, 0};
  }
  for (std::size_t i = 0; i < 3; ++i) m.engine.links[i].travelled = true;
  m.host = host_actor();
  m.host_tasks = {{"task:812", "812", "812", "dockerd", TaskMode::Quiet},
                  {"task:4698", "4698", "4698", "containerd-shim", TaskMode::Quiet},
                  {"task:4702", "4702", "4702", "runc", TaskMode::Quiet}};
  m.containers = {echo_container()};
  m.hardware = echo_hardware();
  Packet p;
  p.slot = 0;
  p.task = "task:4711";
  p.label = "pivot_root(\".\", \".\")";
  p.column = Column::Mount;
  p.reach = Where::Table;
  p.stations = {{1, Where::Task, true},
                {2, Where::Gate, true},
                {3, Where::Row, true},
                {4, Where::Table, true}};
  m.packet = p;
  s.caption = echo_caption();
  return s;
}

Specimen hello_specimen() {
  using State = CaptionPart::State;
  Specimen s;
  s.model.size = {ShipModel::Size::Large, ShipModel::Size::Folded, ShipModel::Size::Folded,
                  ShipModel::Size::Folded};
  s.model.quiet = {"", "nothing of hello-world runs yet", "one row so far: the host",
                   "one machine, shared"};
  s.model.engine = hello_engine();
  s.caption = {"The server, not the client, fetches the image.",
               "It had no copy; the client is only told how far it is.",
               {{1, "ask", "create hello-world", State::Ok},
                {2, "look", "not here: 404", State::Bad},
                {3, "ask again", "pull hello-world", State::Ok},
                {4, "fetch", "server to hub", State::Ok},
                {5, "layer arrives", "1.5 of 2.4 kB", State::Next}}};
  return s;
}

Specimen hub_specimen() {
  Specimen s = run_echo_specimen();
  ShipModel& m = s.model;
  m.engine.station(StationId::Cache).sub = "empty";
  m.engine.station(StationId::Hub) = {"library/busybox", StationState::Active, 0};
  m.engine.link(Link::ClientServer) = {"pull", true, false, MessageKind::Request, false};
  m.engine.link(Link::ServerCache) = {"none", true, true, MessageKind::Refusal, false};
  m.engine.link(Link::Hub) = {"", true, true, MessageKind::Layers, true};
  Container& c = m.containers[0];
  c.tasks.clear();
  c.plugs.clear();
  c.solid = false;
  c.state = "created";
  c.notes = {"a record, no process"};
  c.actor.gate = false;
  c.actor.cpu.reset();
  c.actor.memory.reset();
  c.actor.ns = {};
  c.actor.tables = {};
  m.hardware.memory.resize(1);
  m.hardware.cpus[0].resize(2);
  m.hardware.layers[0].fraction = 0.4;
  m.hardware.layers[0].note = "1.7 of 4.26 MB";
  m.packet.reset();
  return s;
}

Specimen refused_specimen() {
  Specimen s = run_echo_specimen();
  s.model.containers[0].actor.mesh = true;
  s.model.containers[0].tasks[0].comm = "sh";
  Packet& p = *s.model.packet;
  p.label = "mount(\"none\", \"/mnt\")";
  p.reach = Where::Gate;
  p.refused = true;
  p.answer = "EPERM";
  p.stations = {{1, Where::Task, true}, {2, Where::Gate, true}};
  return s;
}

Specimen hardware_specimen() {
  Specimen s = crowd_specimen(2, 1);
  ShipModel& m = s.model;
  m.containers[0].tasks[0].mode = TaskMode::Now;
  m.hardware.layers = {
      {"layer:debian", "debian 12", "one copy, read-only", 1, {0, 1}, 0, false, kHostSlot},
      {"layer:py2", "python 2.7", "", 1, {0}, 1, true, 0},
      {"layer:py3", "python 3.11", "", 1, {1}, 1, false, kHostSlot}};
  Packet& p = *m.packet;
  p.label = "openat(\"/usr/bin/python\")";
  p.reach = Where::Hardware;
  p.answer = "= 3";
  p.stations.push_back({5, Where::Hardware, true});
  return s;
}

Specimen host_specimen() {
  Specimen s = run_echo_specimen();
  s.model.host_tasks[2].mode = TaskMode::Now;
  Packet& p = *s.model.packet;
  p.slot = kHostSlot;
  p.task = "task:4702";
  p.label = "kill(4711, SIGTERM)";
  p.column = Column::Pid;
  p.answer = "= 0";
  return s;
}

Specimen signal_specimen() {
  Specimen s = run_echo_specimen();
  ShipModel& m = s.model;
  m.containers[0].tasks.push_back({"task:4790", "7", "4790", "sleep", TaskMode::Ended});
  m.signal = Signal{0, "task:4711", "SIGTERM, dropped", true};
  Grace grace;
  grace.slot = 0;
  grace.id = "8f2c";
  grace.signal = "SIGTERM";
  grace.next = "SIGKILL";
  grace.waited_ns = 6'400'000'000;
  grace.patience_ns = 10'000'000'000;
  grace.number = 4;
  m.grace = grace;
  m.signal->number = 3;
  tell_grace(m);
  m.packet.reset();
  return s;
}

Specimen mac_specimen() {
  Specimen s = run_echo_specimen();
  ShipModel& m = s.model;
  m.host.name = "VM";
  m.hardware.host_files = {"/", "VM's", "files"};
  m.host_tasks.pop_back();
  Container& c = m.containers[0];
  c.tasks[0] = {"task:1231", "1", "1231", "uname", TaskMode::Now};
  c.state = "running";
  c.notes = {"which system is this?", "the answer is this kernel's"};
  c.actor.mesh = true;
  Packet& p = *m.packet;
  p.task = "task:1231";
  p.label = "uname()";
  p.column = Column::Uts;
  p.answer = "= Linux 6.6, 8f2c";
  p.stations = {{2, Where::Task, true},
                {3, Where::Gate, true},
                {4, Where::Row, true},
                {5, Where::Table, true}};
  OutsideModel outside;
  outside.name = "Your Mac";
  outside.kernel = "macOS kernel (Darwin)";
  outside.kernel_does =
      "runs its own programs, and a hypervisor that lends the VM processor time and memory";
  outside.hull = "hull of the Linux VM: to the Mac all of this is one program";
  outside.vm_process = "VM process";
  outside.vm_uses = "1.3 GiB";
  outside.vm_limit = "VM: 1.3 of 4 GiB at most";
  outside.vm_share = 0.325;
  outside.note =
      "Namespaces and cgroups are Linux's. The Mac's own kernel has neither, so docker brings a "
      "Linux along.";
  m.outside = outside;
  s.caption = {
      "On a Mac the containers, the server and their kernel live in a small Linux machine;",
      "terminal and client stay outside. So uname answers Linux.",
      {}};
  return s;
}

Specimen crowd_specimen(int containers, int tasks) {
  Specimen s = run_echo_specimen();
  const Container one = echo_container();
  s.model.containers.clear();
  s.model.hardware.tops.clear();
  s.model.hardware.memory.resize(1);
  s.model.hardware.layers = {{"layer:busybox", "busybox", "read-only", 1, {}, 0, false, kHostSlot}};
  for (int i = 0; i < containers; ++i) {
    Container c = one;
    const std::string name = "box-" + std::to_string(i);
    c.actor.slot = i;
    c.actor.id = name;
    c.actor.name = name;
    c.actor.mesh = i % 2 == 1;
    c.actor.memory->limited = i % 2 == 0;
    c.actor.memory->full = i % 4 == 0;
    c.tasks.clear();
    for (int t = 0; t < tasks; ++t) {
      const std::string pid = std::to_string(5000 + i * 50 + t);
      c.tasks.push_back(
          {"task:" + pid, std::to_string(t + 1), pid, "nginx: worker", TaskMode::Quiet});
    }
    s.model.hardware.tops.push_back({i, "top:" + name, "top", "0 B", false});
    s.model.hardware.memory.push_back({i, "slice:" + name, 0.01, "18.4 M", false});
    s.model.hardware.layers[0].users.push_back(i);
    s.model.containers.push_back(c);
  }
  if (containers > 0 && tasks > 0) {
    s.model.packet->task = s.model.containers[0].tasks[0].id;
  } else {
    s.model.packet.reset();
  }
  return s;
}

}  // namespace cutaway::viz
