// The layers in words: what each container's files stand on, and where the file that is looked at
// lies.
#include "base/text.h"
#include "viz/text/model_words.h"
#include "viz/text/view_words.h"

namespace cutaway::viz {
namespace {

std::string brick_words(const LayersBrick& brick) { return brick.label + " " + brick.size; }

std::string stack_words(const Layers& layers, const LayersColumn& column) {
  std::string said = "its own top " + column.top;
  for (const std::size_t brick : column.bricks) said += ", on " + brick_words(layers.bricks[brick]);
  return said + ".";
}

std::string file_words(const Layers& layers, const LayersFile& file) {
  const std::string where = file.brick < 0
                                ? "in its own top"
                                : "in " + layers.bricks[static_cast<std::size_t>(file.brick)].label;
  return file.path + " lies " + where + ", " + file.inode;
}

void tell_column(const Layers& layers, const LayersColumn& column, TextLines& lines) {
  lines.blank();
  lines.add({{"Container " + slot_words(column.slot) + ", " + column.id, Ink::Strong},
             {"of " + column.image + ", " + column.state + ".", Ink::Plain}});
  if (!column.task.empty()) {
    const std::string mount = column.mount.empty() ? "" : "; its / is " + column.mount;
    lines.add(column.pid + " " + column.program + ", " + column.pid_on_host + " on the host" +
                  mount + (column.acts ? "; it acts now." : "."),
              2, 4);
  }
  lines.add("Stands on: " + stack_words(layers, column), 2, 4);
  if (column.file >= 0)
    lines.add(
        "Reaches: " + file_words(layers, layers.files[static_cast<std::size_t>(column.file)]) + ".",
        2, 4);
}

}  // namespace

void tell_layers(const Layers& layers, TextLines& lines) {
  for (const LayersColumn& column : layers.columns) tell_column(layers, column, lines);
  lines.blank();
  for (const LayersCost& cost : layers.costs) {
    const std::string name = cost.slot >= 0 ? "the top of " + cost.name : cost.name;
    lines.add("On the disk: " + name + ", " + cost.bytes + ".");
  }
  if (!layers.all_tops.empty()) lines.add("All tops: " + layers.all_tops + ".");
}

}  // namespace cutaway::viz
