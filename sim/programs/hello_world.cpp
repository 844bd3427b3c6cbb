#include "sim/hello_world.h"

#include <string>

#include "sim/core/sys.h"
#include "sim/programs/programs.h"

namespace cutaway::sim {

const std::vector<GreetingSentence>& hello_world_sentences() {
  static const std::vector<GreetingSentence> sentences = {
      {"The client asked the server.", "ask"},
      {"The server fetched this image from the hub.", "fetch"},
      {"The server made a container of it and started me.", "start"},
      {"What I write goes through the server to your terminal.", "speak"},
  };
  return sentences;
}

std::string_view hello_world_text() {
  static const std::string text = [] {
    std::string lines =
        "\nHello from a container!\n\nFor you to read this, four things happened:\n";
    char number = '1';
    for (const GreetingSentence& sentence : hello_world_sentences()) {
      lines += std::string(" ") + number++ + ". " + std::string(sentence.text) + "\n";
    }
    lines += "\nNow try something of your own:\n $ docker run busybox echo hi there\n\n";
    return lines;
  }();
  return text;
}

// A static program without a C library: it writes and ends.
Program hello_world(Sys sys, State) {
  const std::string text(hello_world_text());
  co_await sys.write(1, text);
  co_return 0;
}

}  // namespace cutaway::sim
