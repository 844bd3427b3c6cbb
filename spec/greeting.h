// Front door: what hello-world says. Both sides' program writes these bytes, in one write; the
// picture lights each sentence when it has come true. All of it is there at compile time, because
// the real program has no C library and no start-up code that could put it together.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace cutaway::spec {

/// One of the greeting's sentences, and the beat of a `docker run` that makes it true.
struct GreetingSentence {
  std::string_view text;
  std::string_view beat;
};

inline constexpr std::array<GreetingSentence, 4> kGreetingSentences = {{
    {"The client asked the server.", "ask"},
    {"The server fetched this image from the hub.", "fetch"},
    {"The server made a container of it and started me.", "start"},
    {"What I write goes through the server to your terminal.", "speak"},
}};

namespace greeting_parts {

inline constexpr std::string_view kOpening =
    "\nHello from a container!\n\nFor you to read this, four things happened:\n";
inline constexpr std::string_view kClosing =
    "\nNow try something of your own:\n $ docker run busybox echo hi there\n\n";
inline constexpr std::size_t kNumberLength = 4;  // " 1. "

constexpr std::size_t length() {
  std::size_t sum = kOpening.size() + kClosing.size();
  for (const GreetingSentence& sentence : kGreetingSentences)
    sum += kNumberLength + sentence.text.size() + 1;
  return sum;
}

constexpr std::array<char, length()> bytes() {
  std::array<char, length()> text{};
  std::size_t at = 0;
  const auto put = [&text, &at](std::string_view part) {
    for (const char c : part) text[at++] = c;
  };
  put(kOpening);
  char number[] = {' ', '1', '.', ' '};
  for (const GreetingSentence& sentence : kGreetingSentences) {
    put({number, kNumberLength});
    put(sentence.text);
    put("\n");
    ++number[1];
  }
  put(kClosing);
  return text;
}

inline constexpr std::array<char, length()> kBytes = bytes();

}  // namespace greeting_parts

/// All that the program writes.
constexpr std::string_view greeting_text() {
  return {greeting_parts::kBytes.data(), greeting_parts::kBytes.size()};
}

}  // namespace cutaway::spec
