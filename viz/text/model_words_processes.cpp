// The Processes deck in words: the host's tasks, containers and what runs in them.
#include "base/text.h"
#include "viz/text/model_words_parts.h"

namespace cutaway::viz {

namespace {

std::string_view mode_words(TaskMode mode) {
  switch (mode) {
    case TaskMode::Quiet:
      return "";
    case TaskMode::Now:
      return ", acts now";
    case TaskMode::Victim:
      return ", chosen to die";
    case TaskMode::Ended:
      return ", ended, not yet reaped";
  }
  return {};
}

void tell_container(const Container& container, const ShipWords& words, TextLines& lines) {
  const Actor& actor = container.actor;
  std::string head = "Container " + slot_words(actor.slot) + ", " + actor.name;
  if (!container.image.empty()) head += ", of " + container.image;
  head += ": " + container.state;
  if (container.state_is_bad) head += " (not well)";
  if (!container.solid) head += "; no process of it runs";
  lines.add(head + ".", 2, 4);
  for (const Task& task : container.tasks) {
    lines.add(task.pid_here + " " + task.comm + ", " + task.pid_on_host + " " + words.on_the_host +
                  std::string(mode_words(task.mode)) + ".",
              4, 6);
  }
  if (!container.notes.empty()) {
    std::string notes;
    for (const std::string& note : container.notes) {
      if (!notes.empty()) notes += ends_with(notes, ":") ? " " : "; ";
      notes += note;
    }
    lines.add(notes + ".", 4, 6);
  }
  for (const Plug& plug : container.plugs) {
    lines.add(decimal(plug.fd) + " " + plug.name + " is " + plug.to + ".", 4, 6);
  }
}

}  // namespace

void tell_processes(const ShipModel& model, const ShipWords& words, TextLines& lines) {
  tell_deck_name(model, words, Deck::Processes, lines);
  std::string tasks;
  for (const Task& task : model.host_tasks) {
    tasks += (tasks.empty() ? "" : "; ") + task.comm + " " + task.pid_on_host +
             std::string(mode_words(task.mode));
  }
  if (!tasks.empty()) lines.add(words.host_tasks + ": " + tasks + ".", 2, 4);
  for (const Container& container : model.containers) tell_container(container, words, lines);
  if (model.containers.empty()) lines.add("No container.", 2);
}

}  // namespace cutaway::viz
