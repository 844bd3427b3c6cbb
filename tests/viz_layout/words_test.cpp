// The text twin says all that the picture says, and the picture shows what the twin says of it: on
// every bundled scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "tests/viz_layout/moments.h"
#include "tests/viz_text/model_strings.h"
#include "viz/scene/ship.h"
#include "viz/scene/window_layout.h"
#include "viz/text/explain.h"

namespace cutaway::viz {
namespace {

// What the twin says in another way, or has no use for: names of signs (legend, the gate's plate),
// the feet of columns, which the twin calls by their heads, and the heads of columns and lists that
// are empty.
std::set<std::string> other_words() {
  const ShipWords w;
  std::set<std::string> words = {
      w.own,           w.shared,         w.lid,    w.open_end, w.filter,
      w.syscall,       w.signal,         w.gate,   w.you,      w.at_rest,
      w.kernel_tables, w.client_program, w.server, w.daemon,   w.server_program,
      w.local_images,  w.far_away};
  words.insert(w.column_note.begin(), w.column_note.end());
  words.insert(w.column_foot.begin(), w.column_foot.end());
  words.insert(w.column.begin(), w.column.end());
  words.insert(w.host_tasks);
  words.insert(w.vm_tasks);
  return words;
}

// The letter of a tag, the number of a balloon, a count of what found no room, the sign ∞.
bool is_sign(const std::string& text) {
  if (text == "∞" || text.empty() || text[0] == '+') return true;
  for (const std::string& name : {ShipWords{}.host_tasks, ShipWords{}.vm_tasks}) {
    if (text.rfind(name + " + ", 0) == 0) return true;
  }
  const bool digits =
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return (digits || std::isupper(static_cast<unsigned char>(text[0])) != 0) && text.size() == 1;
}

std::string whole_of(const Scene& scene, const std::string& shown) {
  for (const CutLabel& cut : scene.cuts) {
    if (cut.shown == shown) return cut.whole;
  }
  return shown;
}

std::string without_blanks(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

bool holds(const std::string& text, const std::string& words) {
  return text.find(one_line(words)) != std::string::npos;
}

// A line of the terminal is broken by its width, also within a long path, and elsewhere in the
// twin.
bool holds_line(const std::string& text, const std::string& words) {
  return holds(without_blanks(text), without_blanks(words));
}

class WordsOf : public testing::TestWithParam<std::string> {
 protected:
  static Scene scene_of(const ShipModel& model) {
    static const FontMetrics metrics = FontMetrics::bundled();
    return ship_scene(model, {kDark, metrics}, window_layout(1920, 1080).picture);
  }
};

TEST_P(WordsOf, ThePictureAreInTheTwin) {
  const Trace& trace = trace_of(GetParam());
  const std::set<std::string> others = other_words();
  for (const std::size_t n : moments_of(trace, 8)) {
    for (const bool large : {false, true}) {
      const PictureOptions options = options_of(trace, large);
      const ShipModel model = ship_model(trace, trace.world_at(n), n, options);
      if (large && model.size[0] != ShipModel::Size::Large) continue;
      const Scene scene = scene_of(model);
      const std::string twin = one_line(explain(trace, n, 100, options));
      for (const Mark& mark : scene.marks) {
        const auto* text = std::get_if<TextMark>(&mark.shape);
        if (text == nullptr || is_sign(text->text) || others.count(text->text) > 0) continue;
        const std::string whole = whole_of(scene, text->text);
        EXPECT_TRUE(mark.id == "station:terminal" ? holds_line(twin, whole) : holds(twin, whole))
            << "at " << n << (large ? ", large: " : ": ") << mark.id << " '" << text->text << "'";
      }
    }
  }
}

// What the model part of the twin is made of, as far as the level of detail "deck" draws it: of a
// mount table its root, of the tasks of the host those for whom there is room.
std::vector<std::string> drawn_strings(const ShipModel& model) {
  std::vector<std::string> all = {model.host.name};
  const auto add = [&all](const std::string& text) { all.push_back(text); };
  for (const StationModel& station : model.engine.stations) add(station.sub);
  std::vector<const Actor*> actors = {&model.host};
  for (const Container& c : model.containers) {
    actors.push_back(&c.actor);
    for (const std::string& text : {c.actor.name, c.image, c.state}) add(text);
    for (const Task& task : c.tasks) {
      for (const std::string& text : {task.comm, task.pid_here, task.pid_on_host}) add(text);
    }
    for (const std::string& note : c.notes) add(note);
  }
  for (const Actor* actor : actors) {
    if (actor->cpu) add(actor->cpu->label);
    if (actor->memory) add(actor->memory->label);
    for (const auto& table : actor->tables) {
      if (!table.empty()) add(table.front().text);
    }
  }
  for (const Layer& layer : model.hardware.layers) add(layer.label);
  for (const MemoryShare& share : model.hardware.memory) add(share.figure);
  add(model.hardware.memory_total);
  add(model.hardware.card_name);
  add(model.hardware.card_address);
  if (model.packet) add(model.packet->label);
  if (model.packet) add(model.packet->answer.value_or(""));
  if (model.signal) add(model.signal->label);
  return all;
}

TEST_P(WordsOf, TheTwinAreInThePicture) {
  const Trace& trace = trace_of(GetParam());
  for (const std::size_t n : moments_of(trace, 8)) {
    const ShipModel model = ship_model(trace, trace.world_at(n), n, options_of(trace));
    const Scene scene = scene_of(model);
    std::string picture = words_of(scene);
    for (const CutLabel& cut : scene.cuts) picture += cut.whole + "\n";
    for (const std::string& text : drawn_strings(model))
      EXPECT_NE(picture.find(text), std::string::npos) << "at " << n << ": '" << text << "'";
  }
}

INSTANTIATE_TEST_SUITE_P(Bundled, WordsOf, testing::ValuesIn(telling_ids()),
                         [](const auto& each) { return plain(each.param); });

}  // namespace
}  // namespace cutaway::viz
