#include "app/shell/session.h"

#include <algorithm>
#include <utility>

#include "app/cli/typed_command.h"
#include "app/shell/words.h"
#include "base/text.h"

namespace cutaway::app {

Status ShellSession::line(const std::string& typed) {
  std::vector<std::string> words;
  if (trim(typed).empty()) return {};
  if (!split_shell_words(typed, words))
    return fail(ErrorCode::Usage, "'" + typed + "': a quote is left open");
  if (words.empty()) return {};
  const ShellWord* word = find_shell_word(words[0]);
  if (word != nullptr) {
    words.erase(words.begin());
    return word->run(*this, words);
  }
  TRY_ASSIGN(const SideCommand command, typed_command(typed));
  return run(command);
}

Status ShellSession::keys(std::string_view) {
  return fail(ErrorCode::Failed, "nothing reads keys here");
}

namespace {

Status only_simulated(const std::string& what) {
  return fail(ErrorCode::Cannot, what + ": what was done for real has been done",
              "cutaway shell --side sim");
}

}  // namespace

Status ShellSession::interrupt() { return fail(ErrorCode::NotYet, "interrupt on this side"); }
Status ShellSession::undo(std::size_t) { return only_simulated("undo"); }
Status ShellSession::redo(std::size_t) { return only_simulated("redo"); }
Status ShellSession::fork(const std::string&) { return only_simulated("fork"); }
Status ShellSession::switch_to(const std::string&) {
  return fail(ErrorCode::NotYet, "several terminals on the real side");
}
Status ShellSession::load(const std::string&) { return only_simulated("load"); }
Status ShellSession::save(const std::string& path) {
  return fail(ErrorCode::Usage,
              "save " + path + ": a name that ends in .cut or .jsonl was expected");
}

std::size_t ShellSession::moment() const {
  std::int64_t n = 0;
  const std::size_t count = trace().size();
  if (!parse_decimal(at_, n)) return count;
  return std::min(count, static_cast<std::size_t>(n));
}

Status ShellSession::set_moment(const std::string& at) {
  std::int64_t n = 0;
  const auto count = static_cast<std::int64_t>(trace().size());
  const bool known = at == "last" || (parse_decimal(at, n) && n >= 0 && n <= count);
  if (!known) {
    return fail(ErrorCode::Usage,
                "at " + at + ": a number from 0 to " + decimal(count) + " or last was expected");
  }
  at_ = at;
  return {};
}

void ShellSession::show(ShellPiece::From from, std::string text) {
  if (!text.empty()) print_({from, std::move(text)});
}

void ShellSession::show_result(const CommandState& state) {
  show(ShellPiece::From::Stdout, state.stdout_text);
  show(ShellPiece::From::Stderr, state.stderr_text);
  status_ = state.exit;
  if (state.exit != 0) note("status " + decimal(state.exit));
}

}  // namespace cutaway::app
