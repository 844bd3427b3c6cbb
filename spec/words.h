// Front door: sentences for learners, by key, out of message files (spec/words/<language>.json).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cutaway::spec {

/// What happens, and why. Either may be empty.
struct Sentence {
  std::string what, why;
};

class Words {
 public:
  /// The words that are built in; "en" exists always.
  static const Words& of(std::string_view language = "en");
  static Result<Words> parse(std::string name, std::string_view text);

  /// The sentence of a key ("step.root.pivot"); both parts empty when there is none.
  const Sentence& operator[](std::string_view key) const;
  const std::map<std::string, Sentence, std::less<>>& all() const { return sentences_; }

 private:
  std::map<std::string, Sentence, std::less<>> sentences_;
};

}  // namespace cutaway::spec
