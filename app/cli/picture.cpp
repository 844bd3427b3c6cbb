#include "app/cli/picture.h"

#include "sim/hello_world.h"

namespace cutaway::app {

std::vector<viz::SentenceCard> greeting_cards(const Trace& trace) {
  bool greets = false;
  for (const std::string& command : trace.header.commands) {
    greets = greets || command.find("hello-world") != std::string::npos;
  }
  std::vector<viz::SentenceCard> cards;
  if (!greets) return cards;
  for (const sim::GreetingSentence& sentence : sim::hello_world_sentences()) {
    cards.push_back({std::string(sentence.text), std::string(sentence.beat)});
  }
  return cards;
}

bool read_step_size(const std::string& text, viz::StepSize& size) {
  struct Row {
    const char* name;
    viz::StepSize size;
  };
  static constexpr Row kRows[] = {{"command", viz::StepSize::Command},
                                  {"beat", viz::StepSize::Beat},
                                  {"step", viz::StepSize::EngineStep},
                                  {"syscall", viz::StepSize::Syscall},
                                  {"effect", viz::StepSize::Effect}};
  for (const Row& row : kRows) {
    if (text != row.name) continue;
    size = row.size;
    return true;
  }
  return false;
}

}  // namespace cutaway::app
