// awk: a program for each record. The language is awk_parse, awk_run and awk_compute; here is what
// makes calls.
#include <map>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/awk/awk_run.h"
#include "sim/programs/awk/awk_token.h"
#include "sim/programs/commands.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// Where print writes to.
struct Pens {
  Out out;
  std::map<std::string, std::int64_t> files;
};

Co<int> write_down(Sys sys, Pens* pens, std::vector<AwkOutput> output) {
  for (const AwkOutput& each : output) {
    if (each.file.empty() || each.file == "/dev/stdout") {
      auto emitting = emit(sys, &pens->out, each.text);
      co_await emitting;
      continue;
    }
    if (each.file == "/dev/stderr") {
      auto telling = put(sys, 2, each.text);
      co_await telling;
      continue;
    }
    if (pens->files.count(each.file) == 0) {
      const std::uint64_t how = each.appends ? abi::o::kAppend : abi::o::kTrunc;
      const std::int64_t fd =
          co_await sys.open(each.file, abi::o::kWronly | abi::o::kCreat | how, 0666);
      pens->files[each.file] = fd;
    }
    const std::int64_t fd = pens->files[each.file];
    if (fd < 0) {
      auto telling = complain(sys, "awk", "", each.file, fd);
      co_await telling;
      co_return 1;
    }
    auto writing = put(sys, static_cast<int>(fd), each.text);
    co_await writing;
  }
  co_return 0;
}

/// Records that do not end with the line: one text cut into pieces.
std::vector<std::string> records_of(std::string text, const std::string& separator) {
  std::vector<std::string> records;
  if (separator.size() == 1) {
    records = split(text, separator[0]);
    if (!records.empty() && records.back().empty()) records.pop_back();
    return records;
  }
  const Regex regex(separator.empty() ? "\n\n+" : separator, Regex::kExtended);
  if (separator.empty()) {
    text.erase(0, text.find_first_not_of('\n'));
    while (!text.empty() && text.back() == '\n') text.pop_back();
  }
  records = awk_pieces(text, regex);
  if (records.back().empty()) records.pop_back();
  return records;
}

Co<int> go_through(Sys sys, AwkRun* run, Pens* pens, In* in) {
  bool rest_passed_over = false;
  if (run->record_separator() != "\n") {
    auto reading = read_all(sys, in);
    const std::string text = co_await reading;
    for (const std::string& record : records_of(text, run->record_separator())) {
      if (rest_passed_over || run->exited()) break;
      rest_passed_over = run->record(record);
    }
  }
  while (run->record_separator() == "\n" && !rest_passed_over && !run->exited()) {
    auto reading = next_line(sys, in);
    const TakenLine line = co_await reading;
    if (!line.got) break;
    rest_passed_over = run->record(line.text);
    auto writing = write_down(sys, pens, run->take_output());
    const int failed = co_await writing;
    if (failed != 0) co_return failed;
  }
  auto writing = write_down(sys, pens, run->take_output());
  co_return co_await writing;
}

/// Operands are files, or name=value, which takes effect when its turn comes.
bool assigns(AwkRun& run, const std::string& word) {
  const std::size_t equals = word.find('=');
  const bool named = equals != std::string::npos && equals > 0 &&
                     (std::isalpha(static_cast<unsigned char>(word[0])) != 0 || word[0] == '_') &&
                     word.find('/') > equals;
  if (named) run.assign(word.substr(0, equals), awk_unescaped(word.substr(equals + 1)));
  return named;
}

Co<int> go_through_files(Sys sys, AwkRun* run, Pens* pens, std::vector<std::string> operands) {
  bool any = false;
  operands.emplace_back();  // nothing: stdin, if no file was named
  for (const std::string& word : operands) {
    if (run->exited()) break;
    if (word.empty() && any) break;
    if (assigns(*run, word)) continue;
    any = true;
    const std::string path = word.empty() ? "-" : word;
    auto opening = open_in(sys, path);
    In in = co_await opening;
    if (in.err != 0) {
      auto telling = cannot_open(sys, "awk", in);
      co_await telling;
      co_return 1;  // END is not come to
    }
    run->new_file(word);
    auto reading = go_through(sys, run, pens, &in);
    const int failed = co_await reading;
    auto closing = close_in(sys, in);
    co_await closing;
    if (failed != 0) co_return failed;
  }
  co_return 0;
}

AwkRun awk_run_of(const AwkProgram& program, const Options& options, const State& state) {
  AwkRun run(program);
  std::vector<std::pair<std::string, std::string>> environment, arguments;
  for (const std::string& each : state.env) {
    const std::size_t equals = each.find('=');
    if (equals != std::string::npos)
      environment.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  arguments.emplace_back("0", "awk");
  for (const std::string& word : options.rest)
    arguments.emplace_back(decimal(static_cast<std::int64_t>(arguments.size())), word);
  run.set_array("ENVIRON", environment);
  run.set_array("ARGV", arguments);
  run.assign("ARGC", decimal(static_cast<std::int64_t>(arguments.size())));
  if (options.has('F')) run.assign("FS", awk_unescaped(options.value('F')));
  const auto given = options.given.find('v');
  if (given != options.given.end())
    for (const std::string& word : given->second) assigns(run, word);
  return run;
}

}  // namespace

Co<int> applet_awk(Sys sys, State state) {
  constexpr std::string_view usage = "[OPTIONS] [AWK_PROGRAM] [FILE]...";
  Options options;
  auto taking = take_options(sys, state.argv, "+F:v:f:e:", usage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::string text = join(options.given['e'], "\n");
  for (const std::string& path : options.given['f']) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    auto reading = read_all(sys, &in);
    const std::string more = co_await reading;
    text += more + "\n";
  }
  if (text.empty() && !options.rest.empty()) {
    text = options.rest[0];
    options.rest.erase(options.rest.begin());
  }
  if (text.empty()) {
    auto telling = misused(sys, "awk", std::string(usage));
    co_return co_await telling;
  }
  const AwkProgram program = parse_awk(text);
  AwkRun run = awk_run_of(program, options, state);
  Pens pens;
  int status = 0;
  if (program.error.empty()) {
    run.begin();
    auto beginning = write_down(sys, &pens, run.take_output());
    status = co_await beginning;
    if (status == 0 && run.wants_records()) {
      auto reading = go_through_files(sys, &run, &pens, options.rest);
      status = co_await reading;
    }
    if (status == 0) run.end();
    auto ending = write_down(sys, &pens, run.take_output());
    co_await ending;
  }
  auto flushing = flush(sys, &pens.out);
  co_await flushing;
  const std::string wrong = program.error.empty() ? run.error() : program.error;
  if (!wrong.empty()) {
    auto telling = put(sys, 2, "awk: " + wrong + "\n");
    co_await telling;
    co_return 1;
  }
  co_return run.status() != 0 ? run.status() : status;
}

}  // namespace cutaway::sim
