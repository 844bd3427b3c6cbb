#include "viz/scene/layers_from_world.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "spec/words.h"
#include "trace/event/shape.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "viz/text/call_path.h"
#include "viz/text/call_words.h"
#include "viz/text/census.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

/// The path that a call asks for; empty: none.
std::string asked_path(const Syscall& call) {
  const SyscallShape& shape = syscall_shape(call.sys);
  for (std::size_t i = 0; i < call.args.size() && i < shape.args.size(); ++i) {
    const Arg& arg = call.args[i];
    if (shape.args[i].kind == ArgKind::Path && arg.tag == ArgTag::Bytes &&
        starts_with(arg.text, "/"))
      return arg.text;
  }
  return {};
}

/// A place on an overlay, and the layer that holds what stands there.
struct Held {
  std::string path;
  LayerPlace place;
};
std::optional<Held> held_at(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr || !fs->is("overlay")) return std::nullopt;
  const auto place = overlay_find(world, *fs, where.path);
  if (!place) return std::nullopt;
  return Held{where.path, *place};
}

class LayersMaker {
 public:
  LayersMaker(const World& world, const std::optional<Happening>& now) : world_(world) {
    census_.take(world);
    const cutaway::Task* caller = now ? process_of(world, now->caller) : nullptr;
    if (caller == nullptr) return;
    acting_ = caller;
    const bool inside = home_of(world, *caller) != nullptr;
    if (inside && now->call && reaches(*caller, asked_path(*now->call))) {
      path_ = asked_path(*now->call);
      made_.looking = true;
    }
  }

  Layers make() {
    add_bricks();
    for (const cutaway::Container* container : census_.containers()) add_column(*container);
    add_costs();
    made_.same_path = !path_.empty();
    return std::move(made_);
  }

 private:
  bool reaches(const cutaway::Task& task, const std::string& path) const {
    return !path.empty() && held_by(task, path).has_value();
  }
  std::optional<Held> held_by(const cutaway::Task& task, const std::string& path) const {
    const Walk found = walk(world_, task, path);
    return found.err == abi::Errno::kOk ? held_at(world_, found.where) : std::nullopt;
  }

  /// A layer that several images have is drawn once, with the first.
  void add_bricks() {
    for (const auto& [ref, image] : *world_.images) {
      for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const std::string& digest = image.layers[i];
        const auto layer = world_.layers->find(digest);
        if (layer == world_.layers->end() || brick_of_.count(digest) != 0) continue;
        brick_of_[digest] = made_.bricks.size();
        LayersBrick brick;
        brick.id = "layer:" + layer_name(digest);
        brick.label = i + 1 == image.layers.size() ? image_name(ref) : layer_name(digest);
        brick.size = size_words(layer->second.size);
        brick.level = static_cast<int>(i);
        made_.bricks.push_back(std::move(brick));
      }
    }
  }

  const cutaway::Task* shown_task(const cutaway::Container& container) const {
    const bool its_own = acting_ != nullptr && home_of(world_, *acting_) == &container;
    return its_own && !acting_->zombie() ? acting_ : census_.first_alive(container);
  }

  void add_column(const cutaway::Container& container) {
    const Census::Top& top = census_.top_of(world_, container);
    if (top.folder == nullptr && container.layers.empty()) return;
    LayersColumn column;
    column.slot = container.slot;
    column.id = census_.name_of(container);
    column.image = image_name(container.image);
    column.state = state_words(world_, container);
    column.top = size_words(top.bytes);
    tops_ += top.bytes;
    for (auto digest = container.layers.rbegin(); digest != container.layers.rend(); ++digest) {
      const auto brick = brick_of_.find(*digest);
      if (brick != brick_of_.end()) column.bricks.push_back(brick->second);
    }
    if (const cutaway::Task* task = shown_task(container)) add_task(*task, column);
    made_.columns.push_back(std::move(column));
    costs_.push_back({container.slot, made_.columns.back().id, top.bytes});
  }

  void add_task(const cutaway::Task& task, LayersColumn& column) {
    column.task = "task:" + decimal(task.pid());
    column.pid = decimal(own_pid(task));
    column.pid_on_host = decimal(task.pid());
    column.program = task.comm;
    column.acts = &task == acting_;
    const Walk root = walk(world_, task, "/");
    const Mount* mount = world_.mounts.find(root.where.mount);
    const Filesystem* fs = mount == nullptr ? nullptr : world_.filesystems.find(mount->fs);
    if (fs != nullptr) column.mount = fs->type;
    const auto held = path_.empty() ? held_at(world_, task.exe_at) : held_by(task, path_);
    if (held) column.file = add_file(*held, column.slot);
  }

  int add_file(const Held& held, int slot) {
    const int brick = held.place.upper ? -1 : brick_at(held.place.place);
    for (std::size_t i = 0; i < made_.files.size(); ++i) {
      LayersFile& file = made_.files[i];
      if (brick < 0 || file.brick != brick || file.path != held.path) continue;
      file.slots.push_back(slot);
      return static_cast<int>(i);
    }
    if (brick >= 0) made_.bricks[static_cast<std::size_t>(brick)].asked = true;
    made_.files.push_back({held.path,
                           "inode " + decimal(static_cast<std::int64_t>(held.place.inode.value)),
                           brick,
                           {slot}});
    return static_cast<int>(made_.files.size()) - 1;
  }

  int brick_at(const Place& place) const {
    const auto found = brick_of_.find(layer_holding(world_, place));
    return found == brick_of_.end() ? -1 : static_cast<int>(found->second);
  }

  void add_costs() {
    std::int64_t most = 1;
    for (const auto& [ref, image] : *world_.images) most = std::max(most, image.size);
    for (const Cost& cost : costs_) most = std::max(most, cost.bytes);
    const auto add = [&](int slot, std::string name, std::int64_t bytes) {
      made_.costs.push_back({slot, std::move(name), size_words(bytes),
                             static_cast<double>(bytes) / static_cast<double>(most)});
    };
    for (const auto& [ref, image] : *world_.images) add(kHostSlot - 1, image_name(ref), image.size);
    for (const Cost& cost : costs_) add(cost.slot, cost.name, cost.bytes);
    made_.all_tops = size_words(tops_);
  }

  struct Cost {
    int slot;
    std::string name;
    std::int64_t bytes;
  };

  const World& world_;
  Census census_;
  const cutaway::Task* acting_ = nullptr;
  std::string path_;
  Layers made_;
  std::map<std::string, std::size_t> brick_of_;  ///< by digest
  std::vector<Cost> costs_;
  std::int64_t tops_ = 0;
};

std::string count_word(std::size_t n) { return number_word(static_cast<std::int64_t>(n)); }

std::size_t reached_by(const Layers& layers) {
  std::size_t count = 0;
  for (const LayersFile& file : layers.files) count += file.slots.size();
  return count;
}

/// Which sentence is true of what is to be seen.
std::string sentence_key(const Layers& layers) {
  if (layers.columns.empty()) return "layers.none";
  if (layers.columns.size() == 1) return "layers.one";
  const bool several = reached_by(layers) > 1;
  const bool untouched = layers.all_tops == size_words(0);
  if (several && layers.files.size() == 1 && untouched) return "layers.same.file";
  if (several && layers.same_path) return "layers.two.files";
  return "layers.some";
}

void add_parts(const spec::Words& words, const Layers& layers, Caption& caption) {
  std::string programs, tops;
  for (const LayersColumn& column : layers.columns) {
    if (!column.program.empty()) programs += (programs.empty() ? "" : ", ") + column.program;
    tops += (tops.empty() ? "" : " + ") + column.top;
  }
  const auto add = [&](std::string head, std::string value, PartState state) {
    const int number = static_cast<int>(caption.parts.size()) + 1;
    caption.parts.push_back({number, std::move(head), std::move(value), state});
  };
  add(words["layers.part.processes"].what, programs.empty() ? "none" : programs, PartState::Ok);
  add(words["layers.part.tops"].what, tops, PartState::Ok);
  for (const LayersFile& file : layers.files) {
    if (caption.parts.size() > 3) break;
    const std::string where = file.brick < 0
                                  ? words["text.top"].what
                                  : layers.bricks[static_cast<std::size_t>(file.brick)].label;
    add(file.path, where + ", " + file.inode, PartState::Ok);
  }
  add(words["layers.part.write"].what, words["layers.part.write"].why, PartState::Next);
}

}  // namespace

Layers layers_of(const Trace& trace, const World& world, std::size_t position, EventIndex focus) {
  return LayersMaker(world, happening_at(trace, position, focus)).make();
}

Caption layers_caption(const Layers& layers) {
  const spec::Words& words = spec::Words::of();
  const auto value = [&](std::string_view name) -> std::string {
    if (name == "containers")
      return counted(static_cast<std::int64_t>(layers.columns.size()), "container");
    if (name == "count") return count_word(layers.columns.size());
    if (name == "layers") return counted(static_cast<std::int64_t>(layers.bricks.size()), "layer");
    if (name == "files") return count_word(layers.files.size());
    if (name == "path" && !layers.files.empty()) return layers.files.front().path;
    if (name == "name" && !layers.columns.empty()) return layers.columns.front().id;
    if (name == "tops") return layers.all_tops;
    return {};
  };
  const spec::Sentence& said = words[sentence_key(layers)];
  Caption caption = {fill(said.what, value), fill(said.why, value), {}};
  if (!caption.what.empty() && caption.what[0] >= 'a' && caption.what[0] <= 'z')
    caption.what[0] = static_cast<char>(caption.what[0] - 'a' + 'A');
  if (!layers.columns.empty()) add_parts(words, layers, caption);
  return caption;
}

}  // namespace cutaway::viz
