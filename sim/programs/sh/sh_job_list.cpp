#include "sim/programs/sh/sh_job_list.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::sim::sh {

namespace {

bool has_stopped(std::int64_t status) { return status >= 0 && (status & 0xff) == 0x7f; }

int status_number(std::int64_t status) {
  if (has_stopped(status)) return 128 | static_cast<int>(status >> 8 & 0xff);
  const auto signal = static_cast<int>(status & 0x7f);
  return signal != 0 ? 128 | signal : static_cast<int>(status >> 8 & 0xff);
}

std::string state_text(const Job& job) {
  if (job.state == Job::State::Running) return "Running";
  const bool stopped = job.state == Job::State::Stopped;
  const std::int64_t status = stopped ? job.stop_status : job.processes.back().status;
  const auto signal = static_cast<int>(stopped ? status >> 8 & 0xff : status & 0x7f);
  if (signal != 0) return std::string(signal_text(signal));
  const int code = status_number(status);
  return code == 0 ? "Done" : "Done(" + decimal(code) + ")";
}

char mark_of(const Shell& shell, int id) {
  const std::vector<int>& order = shell.job_order;
  if (!order.empty() && order[0] == id) return '+';
  return order.size() > 1 && order[1] == id ? '-' : ' ';
}

NamedJob ranked(const Shell& shell, std::size_t rank, const char* otherwise) {
  if (rank < shell.job_order.size()) return {shell.job_order[rank], {}};
  return {0, otherwise};
}

/// The one job whose first command begins with the text, or (`anywhere`) has it.
NamedJob matching(const Shell& shell, const std::string& word, const std::string& text,
                  bool anywhere) {
  NamedJob found{0, word + ": no such job"};
  for (const int id : shell.job_order) {
    const std::string& command = shell.jobs.at(id).processes.front().text;
    const bool is = anywhere ? command.find(text) != std::string::npos : starts_with(command, text);
    if (!is) continue;
    if (found.id != 0) return {0, word + ": ambiguous"};
    found = {id, {}};
  }
  return found;
}

}  // namespace

int make_job(Shell& shell) {
  int id = 1;
  for (;; ++id) {
    const auto found = shell.jobs.find(id);
    if (found == shell.jobs.end()) break;
    const bool over = found->second.state == Job::State::Done && found->second.waited;
    if (!over || shell.controls) continue;
    free_job(shell, id);
    break;
  }
  shell.jobs[id].controlled = shell.controls;
  shell.job_order.insert(shell.job_order.begin(), id);
  return id;
}

void free_job(Shell& shell, int id) {
  std::vector<int>& order = shell.job_order;
  order.erase(std::remove(order.begin(), order.end(), id), order.end());
  shell.jobs.erase(id);
}

void place_job(Shell& shell, int id) {
  std::vector<int>& order = shell.job_order;
  order.erase(std::remove(order.begin(), order.end(), id), order.end());
  auto place = order.begin();
  const auto stopped = [&shell](int each) {
    return shell.jobs.at(each).state == Job::State::Stopped;
  };
  if (!stopped(id)) place = std::find_if_not(order.begin(), order.end(), stopped);
  order.insert(place, id);
}

NamedJob find_job(const Shell& shell, const std::string* word) {
  constexpr const char* none = "No current job";
  if (word == nullptr) return ranked(shell, 0, none);
  if (word->empty() || (*word)[0] != '%') return {0, *word + ": no such job"};
  const std::string rest = word->substr(1);
  if (rest.empty() || rest == "%" || rest == "+") return ranked(shell, 0, none);
  if (rest == "-") return ranked(shell, 1, "No previous job");
  std::int64_t id = 0;
  if (parse_decimal(rest, id) && id > 0) {
    if (shell.jobs.count(static_cast<int>(id)) != 0) return {static_cast<int>(id), {}};
    return {0, *word + ": no such job"};
  }
  const bool anywhere = rest[0] == '?';
  return matching(shell, *word, anywhere ? rest.substr(1) : rest, anywhere);
}

// ash's waitone: a job runs while one of its processes does; else it is stopped if one is.
int note_change(Shell& shell, std::int64_t pid, std::int64_t status) {
  for (const int id : shell.job_order) {
    Job& job = shell.jobs.at(id);
    if (job.state == Job::State::Done) continue;
    const auto found = std::find_if(job.processes.begin(), job.processes.end(),
                                    [pid](const Process& process) { return process.pid == pid; });
    if (found == job.processes.end()) continue;
    found->status = status;
    Job::State state = Job::State::Done;
    for (const Process& process : job.processes) {
      if (process.status < 0) state = Job::State::Running;
      if (state == Job::State::Running || !has_stopped(process.status)) continue;
      job.stop_status = process.status;
      state = Job::State::Stopped;
    }
    if (state == Job::State::Running) return id;
    job.changed = true;
    job.state = state;
    if (state == Job::State::Stopped) place_job(shell, id);
    return id;
  }
  return 0;
}

int job_status(const Shell& shell, const Job& job) {
  auto process = job.processes.rbegin();
  int status = status_number(process->status);
  while (shell.option('p') && status == 0 && ++process != job.processes.rend())
    status = status_number(process->status);
  return status;
}

std::string_view signal_text(int signal) {
  static constexpr std::string_view kTexts[] = {
      "",
      "Hangup",
      "Interrupt",
      "Quit",
      "Illegal instruction",
      "Trace/breakpoint trap",
      "Aborted",
      "Bus error",
      "Floating point exception",
      "Killed",
      "User defined signal 1",
      "Segmentation fault",
      "User defined signal 2",
      "Broken pipe",
      "Alarm clock",
      "Terminated",
      "Stack fault",
      "Child exited",
      "Continued",
      "Stopped (signal)",
      "Stopped",
      "Stopped (tty input)",
      "Stopped (tty output)",
      "Urgent I/O condition",
      "CPU time limit exceeded",
      "File size limit exceeded",
      "Virtual timer expired",
      "Profiling timer expired",
      "Window changed",
      "I/O possible",
      "Power failure",
      "Bad system call",
  };
  const auto at = static_cast<std::size_t>(signal);
  return at < std::size(kTexts) ? kTexts[at] : std::string_view();
}

// The first command begins at column 33; more of them stand beside it, or (`pids`) below.
std::vector<std::string> job_pieces(const Shell& shell, int id, bool pids) {
  constexpr std::size_t columns = 33;
  const Job& job = shell.jobs.at(id);
  const auto padded = [](const std::string& text, std::size_t width) {
    return text + std::string(text.size() < width ? width - text.size() : 1, ' ');
  };
  const std::string head = "[" + decimal(id) + "]" + mark_of(shell, id) + "  ";
  std::vector<std::string> pieces;
  for (const Process& process : job.processes) {
    const std::string number = pids ? decimal(process.pid) + " " : "";
    if (pieces.empty())
      pieces.push_back(padded(head + number + state_text(job), columns) + process.text);
    else if (pids)
      pieces.push_back("\n" + padded(std::string(head.size(), ' ') + number, columns) + "| " +
                       process.text);
    else
      pieces.push_back(" | " + process.text);
  }
  pieces.emplace_back("\n");
  return pieces;
}

}  // namespace cutaway::sim::sh
