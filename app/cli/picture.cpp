#include "app/cli/picture.h"

#include "base/text.h"
#include "spec/greeting.h"

namespace cutaway::app {

std::vector<viz::SentenceCard> greeting_cards(const Trace& trace) {
  bool greets = false;
  for (const std::string& command : trace.header.commands) {
    greets = greets || command.find("hello-world") != std::string::npos;
  }
  std::vector<viz::SentenceCard> cards;
  if (!greets) return cards;
  for (const spec::GreetingSentence& sentence : spec::kGreetingSentences) {
    cards.push_back({std::string(sentence.text), std::string(sentence.beat)});
  }
  return cards;
}

Status read_size(const std::string& text, int& width, int& height) {
  const std::vector<std::string> parts = split(text, 'x');
  std::int64_t w = 0;
  std::int64_t h = 0;
  const bool numbers =
      parts.size() == 2 && parse_decimal(parts[0], w) && parse_decimal(parts[1], h);
  if (!numbers || w < 320 || h < 240 || w > 8192 || h > 8192)
    return fail(ErrorCode::Usage,
                "--size " + text + ": WIDTHxHEIGHT was expected, from 320x240 to 8192x8192");
  width = static_cast<int>(w);
  height = static_cast<int>(h);
  return {};
}

bool read_step_size(const std::string& text, viz::StepSize& size) {
  for (const viz::StepSize each : viz::kStepSizes) {
    if (viz::step_size_word(each) != text) continue;
    size = each;
    return true;
  }
  return false;
}

}  // namespace cutaway::app
