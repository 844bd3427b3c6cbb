// What random programs are made of: rules as data, and what is known of a program while it grows.
// Private to spec/fuzz.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "base/prng.h"

namespace cutaway::spec::fuzz {

/// One alternative of a symbol. The pattern is JSON in which "<…>" stands for something else:
///   "<name>"   one alternative of that symbol, by weight
///   "<#2-9>"   a number
///   "<+fd>"    a new variable for what the call gives ("as"), which is a descriptor from then on
///   "<$fd>"    a variable of that kind, or of one below it ("fd.pipe")
///   "<=task>"  the name of the variable of that kind that was made last, also by this very call
///   "<!child>" the task that the program is about to wait for
///   "<@file>"  a path: file, dir, link, any; new: where there is nothing yet
/// The key "~" of a call says what it leads to when it succeeds, as far as that matters for what is
/// worth trying next: ["+file pathname"], ["- path"], ["> oldpath newpath"].
struct Rule {
  std::string_view symbol;
  std::uint32_t weight = 1;
  std::string_view pattern;
};

/// Symbols by name; "files.call" is what programs of the family `files` consist of, "files.begin"
/// and "files.end" what they begin and end with, "files.child" how they make a task and
/// "files.join" how they wait for it.
class Grammar {
 public:
  static const Grammar& of();

  struct Alternative {
    std::uint32_t weight = 1;
    Json pattern;
  };
  /// Null: there is no such symbol.
  const std::vector<Alternative>* find(std::string_view symbol) const;

 private:
  Grammar();
  void add(const std::vector<Rule>& rules);
  std::map<std::string, std::vector<Alternative>, std::less<>> symbols_;
};

// family_<subject>.cpp
std::vector<Rule> common_rules();
std::vector<Rule> file_rules();
std::vector<Rule> mount_rules();
std::vector<Rule> task_rules();
std::vector<Rule> user_rules();
std::vector<Rule> channel_rules();
std::vector<Rule> time_rules();
std::vector<Rule> exec_rules();
std::vector<Rule> event_rules();
std::vector<Rule> message_rules();
std::vector<Rule> block_rules();
std::vector<Rule> thread_rules();

/// A program while it grows: which variables and paths there are, as far as calls succeed.
class Model {
 public:
  explicit Model(std::uint64_t seed) : prng_(seed) {}

  /// A pattern with all that stands for something else replaced. False: there is nothing that it
  /// could be made of (no variable of that kind).
  bool expand(const Json& pattern, Json& made);
  bool expand_symbol(std::string_view symbol, Json& made);
  /// What has come of a call that is now in the program.
  void note(Json& step);
  void add_path(const std::string& path, const std::string& kind) { paths_[path] = kind; }
  void add_variable(const std::string& kind, const std::string& text) {
    variables_.emplace_back(kind, text);
  }
  void set_child(const std::string& variable) { child_ = variable; }

  std::uint64_t below(std::uint64_t bound) { return prng_.below(bound); }
  bool percent(std::uint64_t chance) { return prng_.below(100) < chance; }
  /// A task begins with what there is, and leaves only the numbering behind.
  struct Known {
    std::map<std::string, std::string> paths;
    std::vector<std::pair<std::string, std::string>> variables;
  };
  Known known() const { return {paths_, variables_}; }
  void forget(Known known);

 private:
  bool expand_text(const std::string& text, Json& made);
  bool hole(std::string_view name, Json& made);
  bool number(std::string_view range, Json& made);
  bool variable(std::string_view kind, Json& made);
  bool last_name(std::string_view kind, Json& made) const;
  bool path(std::string_view kind, Json& made);
  std::string new_path();
  void fresh(const std::string& kind, Json& made);

  Prng prng_;
  std::map<std::string, std::string> paths_;                    ///< to "file", "dir", "link"
  std::vector<std::pair<std::string, std::string>> variables_;  ///< kind, text
  std::vector<std::pair<std::string, std::string>> pending_;    ///< of the call that is being made
  std::string child_;
  int numbered_ = 0;
};

}  // namespace cutaway::spec::fuzz
