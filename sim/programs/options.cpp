#include "sim/programs/options.h"

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

namespace {

class Reader {
 public:
  Reader(const std::vector<std::string>& argv, std::string_view spec,
         const std::vector<LongOption>& longs, Options& options)
      : argv_(argv), spec_(spec), longs_(longs), options_(options) {
    stops_ = !spec_.empty() && spec_[0] == '+';
    if (stops_) spec_.remove_prefix(1);
  }

  /// Empty, or what is wrong.
  std::string read() {
    for (; at_ < argv_.size(); ++at_) {
      const std::string& word = argv_[at_];
      if (word == "--") {
        take_rest(at_ + 1);
        return {};
      }
      if (word.size() < 2 || word[0] != '-') {
        if (stops_) {
          take_rest(at_);
          return {};
        }
        options_.rest.push_back(word);
        continue;
      }
      const std::string wrong = word[1] == '-' ? read_long(word.substr(2)) : read_short(word);
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

 private:
  void take_rest(std::size_t from) {
    options_.rest.insert(options_.rest.end(), argv_.begin() + static_cast<std::ptrdiff_t>(from),
                         argv_.end());
  }
  std::string read_short(const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const char letter = word[i];
      const std::size_t known = letter == ':' ? std::string_view::npos : spec_.find(letter);
      if (known == std::string_view::npos) return std::string("invalid option -- '") + letter + "'";
      std::vector<std::string>& values = options_.given[letter];
      if (known + 1 >= spec_.size() || spec_[known + 1] != ':') continue;
      if (i + 1 < word.size())
        values.push_back(word.substr(i + 1));
      else if (at_ + 1 < argv_.size())
        values.push_back(argv_[++at_]);
      else
        return std::string("option requires an argument -- '") + letter + "'";
      return {};
    }
    return {};
  }
  std::string read_long(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    for (const LongOption& option : longs_) {
      if (option.name != name) continue;
      std::vector<std::string>& values = options_.given[option.letter];
      if (equals != std::string::npos) values.push_back(word.substr(equals + 1));
      if (!option.takes_value || equals != std::string::npos) return {};
      if (at_ + 1 >= argv_.size()) return "option '--" + name + "' requires an argument";
      values.push_back(argv_[++at_]);
      return {};
    }
    return "unrecognized option '--" + word + "'";
  }

  const std::vector<std::string>& argv_;
  std::string_view spec_;
  const std::vector<LongOption>& longs_;
  Options& options_;
  bool stops_ = false;
  std::size_t at_ = 1;
};

}  // namespace

Co<bool> take_options(Sys sys, std::vector<std::string> argv, std::string_view spec,
                      std::string_view usage, Options* options, std::vector<LongOption> longs) {
  const std::string wrong = Reader(argv, spec, longs, *options).read();
  if (wrong.empty()) co_return true;
  auto telling = put(sys, 2, argv[0] + ": " + wrong + "\n" + usage_text(argv[0], usage));
  co_await telling;
  co_return false;
}

}  // namespace cutaway::sim
