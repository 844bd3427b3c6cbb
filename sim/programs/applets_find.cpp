// find: names of a tree that fit an expression.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/children.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/pattern.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// One test or action of the expression, in its order.
struct Term {
  std::string name;
  std::string value;
  std::vector<std::string> words;  ///< -exec
  bool negated = false, alternative = false, together = false;
};
struct Find {
  std::vector<std::string> paths;
  std::vector<Term> terms;
  std::int64_t deepest = -1, shallowest = 0;
  bool prints = true, depth_first = false, one_system = false;
  std::string wrong;
  std::vector<std::string> env;
  std::vector<std::string> collected;  ///< -exec … +
  Out out;
  int exit = 0;
};

constexpr std::string_view kWithValue[] = {
    "-name",  "-iname", "-path",  "-type",  "-size",     "-perm",     "-user",
    "-group", "-mtime", "-newer", "-links", "-maxdepth", "-mindepth", "-wholename"};
constexpr std::string_view kPlain[] = {"-print", "-print0", "-prune", "-empty", "-true",
                                       "-false", "-depth",  "-xdev",  "-quit"};

void take_setting(Find& find, const Term& term) {
  if (term.name == "-maxdepth") parse_decimal(term.value, find.deepest);
  if (term.name == "-mindepth") parse_decimal(term.value, find.shallowest);
  if (term.name == "-depth") find.depth_first = true;
  if (term.name == "-xdev") find.one_system = true;
}

/// What takes words of its own: -exec … ; and options with a value. False: `wrong` says why.
bool take_words(const std::vector<std::string>& argv, std::size_t& at, Term& term, Find& find) {
  const std::string& word = argv[at];
  if (word == "-exec" || word == "-ok") {
    for (++at; at < argv.size() && argv[at] != ";" && argv[at] != "+"; ++at)
      term.words.push_back(argv[at]);
    term.together = at < argv.size() && argv[at] == "+";
    find.prints = false;
    return true;
  }
  if (is_one_of(kPlain, word)) return true;
  if (!is_one_of(kWithValue, word))
    find.wrong = "unrecognized: " + word;
  else if (at + 1 >= argv.size())
    find.wrong = word + ": requires an argument";
  else
    term.value = argv[++at];
  return find.wrong.empty();
}

/// !, -o and the like: what they say of the next term.
bool joins(const std::string& word, bool& negated, bool& alternative) {
  if (word == "!" || word == "-not")
    negated = !negated;
  else if (word == "-o" || word == "-or")
    alternative = true;
  else
    return word == "-a" || word == "-and" || word == "(" || word == ")";
  return true;
}

Find parse_find(const std::vector<std::string>& argv) {
  Find find;
  std::size_t at = 1;
  while (at < argv.size() &&
         (argv[at].empty() || (argv[at][0] != '-' && argv[at] != "!" && argv[at] != "(")))
    find.paths.push_back(argv[at++]);
  if (find.paths.empty()) find.paths.push_back(".");
  bool negated = false;
  bool alternative = false;
  for (; at < argv.size(); ++at) {
    if (joins(argv[at], negated, alternative)) continue;
    Term term;
    term.name = argv[at];
    term.negated = std::exchange(negated, false);
    term.alternative = std::exchange(alternative, false);
    if (!take_words(argv, at, term, find)) break;
    if (term.name == "-print" || term.name == "-print0" || term.name == "-quit")
      find.prints = false;
    take_setting(find, term);
    find.terms.push_back(term);
  }
  return find;
}

std::string last_part(const std::string& path) {
  const std::string whole =
      path.size() > 1 && path.back() == '/' ? path.substr(0, path.size() - 1) : path;
  return whole == "/" ? whole : whole.substr(whole.rfind('/') + 1);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// +N more than, -N less than, N exactly.
bool compares(const std::string& wanted, std::int64_t value) {
  const bool more = starts_with(wanted, "+");
  const bool less = starts_with(wanted, "-");
  std::int64_t number = 0;
  parse_decimal(wanted.substr(more || less ? 1 : 0), number);
  return more ? value > number : less ? value < number : value == number;
}

bool size_fits(std::string wanted, std::int64_t size) {
  std::int64_t unit = 512;
  if (!wanted.empty() && (wanted.back() == 'c' || wanted.back() == 'k')) {
    unit = wanted.back() == 'c' ? 1 : 1024;
    wanted.pop_back();
  }
  return compares(wanted, (size + unit - 1) / unit);
}

bool perm_fits(const std::string& wanted, std::uint32_t mode) {
  const bool all = starts_with(wanted, "-");
  const bool any = starts_with(wanted, "/");
  std::uint64_t bits = 0;
  parse_unsigned(wanted.substr(all || any ? 1 : 0), 8, bits);
  const std::uint64_t has = mode & 07777U;
  return all ? (has & bits) == bits : any ? bits == 0 || (has & bits) != 0 : has == bits;
}

bool type_fits(char letter, std::uint32_t mode) {
  static constexpr std::string_view kLetters = "?pc?d?b?f?l?s???";
  return kLetters[mode >> 12U & 15U] == letter;
}

bool plain_test(const Term& term, const std::string& path, const Stat& stat) {
  std::int64_t id = -1;
  if (term.name == "-name") return matches_pattern(term.value, last_part(path));
  if (term.name == "-iname") return matches_pattern(lower(term.value), lower(last_part(path)));
  if (term.name == "-path" || term.name == "-wholename") return matches_pattern(term.value, path);
  if (term.name == "-type") return !term.value.empty() && type_fits(term.value[0], stat.mode);
  if (term.name == "-size") return size_fits(term.value, stat.size);
  if (term.name == "-perm") return perm_fits(term.value, stat.mode);
  if (term.name == "-links") return compares(term.value, stat.links);
  if (term.name == "-user") return parse_decimal(term.value, id) && id == stat.uid;
  if (term.name == "-group") return parse_decimal(term.value, id) && id == stat.gid;
  if (term.name == "-empty") return stat.size == 0;
  return term.name != "-false" && term.name != "-newer" && term.name != "-mtime";
}

Co<bool> execute(Sys sys, Find* find, Term term, std::string path) {
  if (term.together) {
    find->collected.push_back(path);
    co_return true;
  }
  std::vector<std::string> words = term.words;
  for (std::string& word : words) {
    for (std::size_t at = word.find("{}"); at != std::string::npos; at = word.find("{}", at)) {
      word.replace(at, 2, path);
      at += path.size();
    }
  }
  auto flushing = flush(sys, &find->out);
  co_await flushing;
  auto running = run_child(sys, "find", words, find->env);
  const int status = co_await running;
  co_return status == 0;
}

struct FindVerdict {
  bool holds = true, pruned = false;
};

Co<FindVerdict> judge(Sys sys, Find* find, std::string path, Stat stat) {
  FindVerdict verdict;
  bool holds = true;
  for (const Term& term : find->terms) {
    if (term.alternative) {
      if (holds) break;
      holds = true;
    }
    if (!holds) continue;
    bool is = true;
    if (term.name == "-exec") {
      auto executing = execute(sys, find, term, path);
      is = co_await executing;
    } else if (term.name == "-print" || term.name == "-print0") {
      auto emitting =
          emit(sys, &find->out, path + (term.name == "-print" ? "\n" : std::string(1, '\0')));
      co_await emitting;
    } else if (term.name == "-prune") {
      verdict.pruned = true;
    } else {
      is = plain_test(term, path, stat);
    }
    holds = is != term.negated;
  }
  verdict.holds = holds;
  if (holds && find->prints) {
    auto emitting = emit(sys, &find->out, path + "\n");
    co_await emitting;
  }
  co_return verdict;
}

Co<int> report_error(Sys sys, Find* find, std::string path, std::int64_t err) {
  find->exit = 1;
  auto telling = put(sys, 2, cannot("find", "", path, err));
  co_return co_await telling;
}

Co<int> walk_tree(Sys sys, Find* find, std::string path, std::int64_t depth);

Co<int> walk_folder(Sys sys, Find* find, std::string path, std::int64_t depth) {
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  if (fd < 0) {
    auto complaining = report_error(sys, find, path, fd);
    co_return co_await complaining;
  }
  co_await sys.fstat(fd);
  const std::string before = path + (ends_with(path, "/") ? "" : "/");
  while (co_await sys.getdents(fd) > 0) {
    const std::vector<std::string> names = entry_names(sys.reply().data);
    for (const std::string& name : names) {
      auto walking = walk_tree(sys, find, before + name, depth + 1);
      co_await walking;
    }
  }
  co_await sys.close(fd);
  co_return 0;
}

Co<int> walk_tree(Sys sys, Find* find, std::string path, std::int64_t depth) {
  const std::int64_t found = co_await sys.lstat(path);
  const Stat stat = sys.reply().stat;
  if (found < 0) {
    auto complaining = report_error(sys, find, path, found);
    co_return co_await complaining;
  }
  FindVerdict verdict;
  const bool counts = depth >= find->shallowest;
  if (counts && !find->depth_first) {
    auto judging = judge(sys, find, path, stat);
    verdict = co_await judging;
  }
  const bool deeper =
      type_fits('d', stat.mode) && !verdict.pruned && (find->deepest < 0 || depth < find->deepest);
  if (deeper) {
    auto walking = walk_folder(sys, find, path, depth);
    co_await walking;
  }
  if (counts && find->depth_first) {
    auto judging = judge(sys, find, path, stat);
    co_await judging;
  }
  co_return 0;
}

}  // namespace

Co<int> applet_find(Sys sys, State state) {
  Find find = parse_find(state.argv);
  find.env = state.env;
  auto asking = ask_stack_limit(sys);
  co_await asking;
  if (!find.wrong.empty()) {
    auto telling = put(
        sys, 2,
        "find: " + find.wrong + "\n" + usage_text("find", "[-HL] [PATH]... [OPTIONS] [ACTIONS]"));
    co_await telling;
    co_return 1;
  }
  const std::vector<std::string> paths = find.paths;
  for (const std::string& path : paths) {
    auto walking = walk_tree(sys, &find, path, 0);
    co_await walking;
  }
  auto flushing = flush(sys, &find.out);
  co_await flushing;
  for (const Term& term : find.terms) {
    if (!term.together || find.collected.empty()) continue;
    std::vector<std::string> words = term.words;
    if (!words.empty() && words.back() == "{}") words.pop_back();
    words.insert(words.end(), find.collected.begin(), find.collected.end());
    auto running = run_child(sys, "find", words, find.env);
    const int status = co_await running;
    if (status != 0) find.exit = 1;
  }
  co_return find.exit;
}

}  // namespace cutaway::sim
