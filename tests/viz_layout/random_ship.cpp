#include "tests/viz_layout/random_ship.h"

namespace cutaway::viz {
namespace {

const std::vector<std::string> kNames = {
    "web",
    "8f2c",
    "db",
    "a",
    "production-payment-service-blue-7",
    "größe",
    "データベース",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "WWWWWWWWWWWW",
    "iiiiiiii"};
const std::vector<std::string> kComms = {
    "sh",   "python3", "nginx: worker",  "runc:[2:INIT]", "containerd-shim",
    "echo", "",        "WWWWWWWWWWWWWWW"};
const std::vector<std::string> kStates = {
    "",        "running",           "state: creating", "exited 137", "next: exit 137",
    "created", "paused by somebody"};
const std::vector<std::string> kNotes = {
    "next, by execve:", "echo hi there", "same task, new program", "a record, no process",
    "failed to start: exec: \"nosuch\": executable file not found in $PATH"};
const std::vector<std::string> kMemory = {"0 B", "1.2 MiB", "1023.9 of 1024 MiB", "18.4 GiB",
                                          "999.9 of 1023.9 GiB"};
const std::vector<std::string> kCpu = {"0 cpu", "0.7 cpu", "0.25 of 0.5", "63.9 of 64"};
const std::vector<std::string> kTexts = {"/",
                                         "lab",
                                         ".0.2",
                                         "1 = 4711",
                                         "0 root",
                                         "4711 4790 …",
                                         "docker0",
                                         "4194303 = 4194304",
                                         "0 = 4294967294",
                                         "a-very-long-hostname",
                                         "lo down"};
const std::vector<std::size_t> kCrowds = {0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 11, 12, 13, 20, 37, 60};

std::string text_of(std::size_t n) { return std::to_string(n); }

Gauge gauge(Dice& dice, const std::vector<std::string>& labels) {
  Gauge made = {dice.one_of(labels), dice.share(), dice.chance(50), false,
                dice.chance(30) ? dice.share() : 0};
  made.full = made.limited && dice.chance(30);
  return made;
}

void fill_table(Dice& dice, Actor& actor, Column c, std::size_t entries) {
  for (std::size_t i = 0; i < entries; ++i) {
    const std::string id = std::string(kColumnIds[index_of(c)]) + ":" + actor.id + "/" + text_of(i);
    actor.table(c).push_back({id, dice.one_of(kTexts),
                              c == Column::Mount ? (dice.chance(70) ? "overlay" : "") : "",
                              dice.chance(20)});
  }
}

void fill_actor(Dice& dice, Actor& actor) {
  if (dice.chance(70)) actor.cpu = gauge(dice, kCpu);
  if (dice.chance(70)) actor.memory = gauge(dice, kMemory);
  if (!actor.gate) return;
  actor.mesh = dice.chance(50);
  for (const Column c : {Column::Mount, Column::Net, Column::Pid, Column::User, Column::Uts}) {
    const bool own = actor.slot < 0 || dice.chance(70);
    actor.ns[index_of(c)] = own ? NsKind::Own : NsKind::Host;
    if (own) fill_table(dice, actor, c, dice.below(c == Column::Pid || c == Column::User ? 5 : 3));
  }
}

Task task(Dice& dice, std::size_t pid) {
  return {"task:" + text_of(pid), text_of(dice.chance(20) ? pid : 1 + dice.below(40)), text_of(pid),
          dice.one_of(kComms), static_cast<TaskMode>(dice.below(4))};
}

Container container(Dice& dice, int slot, std::size_t first_pid) {
  Container made;
  Actor& actor = made.actor;
  actor.slot = slot;
  actor.row = slot + 1;
  actor.name = random_name(dice);
  actor.id = actor.name + "-" + std::to_string(slot);
  actor.gate = dice.chance(80);
  fill_actor(dice, actor);
  made.image = random_name(dice);
  made.state = dice.one_of(kStates);
  made.state_is_bad = dice.chance(20);
  made.solid = actor.gate;
  const std::size_t tasks = actor.gate ? 1 + dice.below(dice.chance(20) ? 12 : 3) : 0;
  for (std::size_t i = 0; i < tasks; ++i) made.tasks.push_back(task(dice, first_pid + i));
  const std::size_t notes = dice.below(4);
  for (std::size_t i = 0; i < notes; ++i) made.notes.push_back(dice.one_of(kNotes));
  if (tasks > 0 && dice.chance(60))
    made.plugs = {{0, "stdin", "/dev/null"}, {1, "stdout", "pipe"}, {2, "stderr", "pty"}};
  return made;
}

void fill_cpus(Dice& dice, HardwareModel& hardware, int containers) {
  hardware.cpus.resize(dice.one_of<std::size_t>({0, 1, 2, 4, 8, 64}));
  for (auto& lane : hardware.cpus) {
    double from = 0;
    while (from < 0.9 && lane.size() < 12) {
      const double to = std::min(1.0, from + 0.05 + dice.share() * 0.4);
      const int slot = static_cast<int>(dice.below(static_cast<std::size_t>(containers) + 1)) - 1;
      lane.push_back({from, to, slot, dice.chance(10)});
      from = to + dice.share() * 0.2;
    }
  }
}

void fill_disk(Dice& dice, const ShipModel& model, HardwareModel& hardware) {
  hardware.host_files = {"/", "host's", "files"};
  for (const Container& c : model.containers) {
    if (dice.chance(85))
      hardware.tops.push_back(
          {c.actor.slot, "top:" + c.actor.id, "top", "1023.9 MB", dice.chance(20)});
  }
  const std::size_t layers = dice.below(dice.chance(20) ? 30 : 5);
  for (std::size_t i = 0; i < layers; ++i) {
    Layer layer;
    layer.label = random_name(dice);
    layer.id = "layer:" + layer.label + text_of(i);
    layer.note = dice.chance(50) ? "one copy, read-only" : "1.5 of 2.4 kB";
    layer.fraction = dice.chance(70) ? 1 : dice.share();
    for (const Container& c : model.containers) {
      if (dice.chance(40)) layer.users.push_back(c.actor.slot);
    }
    layer.level = static_cast<int>(dice.below(4));
    layer.strong = dice.chance(10);
    if (!layer.users.empty() && dice.chance(20)) layer.asker = layer.users.front();
    hardware.layers.push_back(layer);
  }
}

void fill_hardware(Dice& dice, ShipModel& model) {
  HardwareModel& hardware = model.hardware;
  fill_cpus(dice, hardware, static_cast<int>(model.containers.size()));
  if (dice.chance(90)) {
    hardware.memory_total = "1023.9 GiB";
    hardware.memory_free = "1000.1 free";
    const double part = 1.0 / static_cast<double>(model.containers.size() + 1);
    hardware.memory.push_back(
        {kHostSlot, "slice:host/mem", dice.share() * part, dice.one_of(kMemory), false});
    for (const Container& c : model.containers)
      hardware.memory.push_back({c.actor.slot, "slice:" + c.actor.id + "/mem",
                                 dice.share() * part * 0.9, dice.one_of(kMemory), dice.chance(10)});
  }
  fill_disk(dice, model, hardware);
  if (dice.chance(20)) return;
  hardware.card_name = dice.chance(50) ? "eth0" : "enp0s31f6np1";
  hardware.card_address = dice.chance(50) ? "10.0.0.5" : "192.168.100.200";
  hardware.card_use = {{kHostSlot, dice.share() * 0.5}};
  if (!model.containers.empty()) hardware.card_use.push_back({0, dice.share() * 0.5});
}

ShipModel random_model(Dice& dice) {
  ShipModel model;
  const bool large = dice.chance(15);
  using Size = ShipModel::Size;
  if (large) {
    model.size = {Size::Large, Size::Folded, Size::Folded, Size::Folded};
    model.quiet = {"", "nothing of hello-world runs yet", "one row so far: the host",
                   "one machine, shared"};
  } else if (dice.chance(15)) {
    model.size[0] = Size::Folded;
  }
  model.engine = random_engine(dice, large);
  model.host.id = model.host.name = "host";
  model.host.row = 0;
  model.host.gate = dice.chance(95);
  fill_actor(dice, model.host);
  std::size_t pid = dice.chance(20) ? 4'190'000 : 700;
  const std::size_t hosts = dice.below(12);
  for (std::size_t i = 0; i < hosts; ++i) model.host_tasks.push_back(task(dice, pid++));
  const std::size_t crowd = dice.one_of(kCrowds);
  for (std::size_t slot = 0; model.containers.size() < crowd; ++slot, pid += 20) {
    // Others have ended and left their slots empty.
    if (dice.chance(85)) model.containers.push_back(container(dice, static_cast<int>(slot), pid));
  }
  model.capacity = dice.chance(30) ? static_cast<int>(dice.below(9)) : 0;
  fill_hardware(dice, model);
  if (dice.chance(80)) send_packet(dice, model);
  if (dice.chance(25)) send_signal(dice, model);
  if (dice.chance(25)) send_frame(dice, model);
  if (dice.chance(25)) give_grace(dice, model);
  if (model.signal && dice.chance(60)) model.signal->number = 3;
  if (dice.chance(15) && !model.containers.empty()) model.lit = 0;
  model.legend = dice.chance(80);
  return model;
}

Caption random_caption(Dice& dice) {
  const std::vector<std::string> words = {
      "", "pivot_root makes the image's folder the “/” of this task.",
      "The host's tree hangs on for three more calls; when umount2 cuts it off, no path leads back "
      "to it.",
      "ADirectoryWhoseNameIsOneLongWord/ThatNobodyCanBreak/"
      "AndThatGoesOnAndOnAndOnAndOnAndOnAndOnAndOn/AndOn",
      "It had no copy."};
  Caption caption = {dice.one_of(words), dice.one_of(words), {}};
  const std::size_t parts = dice.below(7);
  for (std::size_t i = 0; i < parts; ++i)
    caption.parts.push_back({static_cast<int>(i) + 1, dice.one_of(kNotes),
                             dice.one_of(random_calls()),
                             static_cast<CaptionPart::State>(dice.below(5))});
  return caption;
}

}  // namespace

const std::vector<std::string>& random_calls() {
  static const std::vector<std::string> kCalls = {
      "read(3)",
      "pivot_root(\".\", \".\")",
      "getpid()",
      "read × 4812",
      "openat(AT_FDCWD, \"/var/lib/postgresql/data/base/16384/pg_internal.init\", "
      "O_RDONLY|O_CLOEXEC)",
      "clone(NEWNS|NEWUTS|NEWIPC|NEWPID|NEWNET|NEWCGROUP)"};
  return kCalls;
}

std::size_t Dice::below(std::size_t n) {
  state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::size_t>((state_ >> 33U) % n);
}

std::string random_name(Dice& dice) { return dice.one_of(kNames); }

RandomShip random_ship(std::uint64_t seed) {
  Dice dice(seed);
  ShipModel model = random_model(dice);
  return {std::move(model), random_caption(dice)};
}

}  // namespace cutaway::viz
