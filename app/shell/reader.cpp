#include "app/shell/reader.h"

#include <histedit.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "app/shell/complete.h"
#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr int kHistoryLines = 1000;

class TerminalReader : public LineReader {
 public:
  TerminalReader(std::string history_file, Candidates candidates)
      : candidates_(std::move(candidates)),
        file_(std::move(history_file)),
        history_(::history_init()),
        edit_(::el_init("cutaway", stdin, stdout, stderr)) {
    HistEvent event;
    ::history(history_, &event, H_SETSIZE, kHistoryLines);
    ::history(history_, &event, H_SETUNIQUE, 1);
    if (!file_.empty()) ::history(history_, &event, H_LOAD, file_.c_str());
    ::el_set(edit_, EL_CLIENTDATA, this);
    ::el_set(edit_, EL_PROMPT, &TerminalReader::prompt_of);
    ::el_set(edit_, EL_EDITOR, "emacs");
    ::el_set(edit_, EL_HIST, &::history, history_);
    ::el_set(edit_, EL_ADDFN, "complete", "completes a word", &TerminalReader::complete);
    ::el_set(edit_, EL_BIND, "\t", "complete", nullptr);
    ::el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }
  ~TerminalReader() override {
    HistEvent event;
    if (!file_.empty()) ::history(history_, &event, H_SAVE, file_.c_str());
    ::el_end(edit_);
    ::history_end(history_);
  }
  TerminalReader(const TerminalReader&) = delete;
  TerminalReader& operator=(const TerminalReader&) = delete;

  std::optional<std::string> line(const std::string& prompt) override {
    prompt_ = prompt + "> ";
    int length = 0;
    errno = 0;
    const char* read = ::el_gets(edit_, &length);
    if (read == nullptr && errno == EINTR) return std::string();  // Ctrl-C: another line
    if (read == nullptr || length <= 0) return std::nullopt;
    std::string text(read, static_cast<std::size_t>(length));
    HistEvent event;
    if (!trim(text).empty()) ::history(history_, &event, H_ENTER, text.c_str());
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }

 private:
  static TerminalReader& of(EditLine* edit) {
    void* self = nullptr;
    ::el_get(edit, EL_CLIENTDATA, &self);
    return *static_cast<TerminalReader*>(self);
  }
  static char* prompt_of(EditLine* edit) { return of(edit).prompt_.data(); }

  // One candidate is typed to its end; of several what they have in common, and then all are shown.
  static unsigned char complete(EditLine* edit, int) {
    const LineInfo* info = ::el_line(edit);
    const std::string typed(info->buffer, static_cast<std::size_t>(info->cursor - info->buffer));
    const std::vector<std::string> found = of(edit).candidates_(typed);
    if (found.empty()) return CC_REFRESH_BEEP;
    const std::size_t begun = typed.size() - (typed.rfind(' ') + 1);
    std::string more = spec::common_beginning(found).substr(begun);
    if (found.size() == 1) more += " ";
    if (!more.empty()) return ::el_insertstr(edit, more.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    std::string all = "\n";
    for (const std::string& word : found) all += word + "  ";
    os::write_out(all + "\n");
    return CC_REDISPLAY;
  }

  Candidates candidates_;
  std::string file_, prompt_;
  History* history_;
  EditLine* edit_;
};

class PlainReader : public LineReader {
 public:
  std::optional<std::string> line(const std::string&) override {
    while (true) {
      const std::size_t end = pending_.find('\n');
      if (end != std::string::npos) {
        std::string found = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        return found;
      }
      char buffer[4096];
      const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      pending_.append(buffer, static_cast<std::size_t>(n));
    }
    if (pending_.empty()) return std::nullopt;
    return std::exchange(pending_, {});
  }

 private:
  std::string pending_;
};

}  // namespace

std::unique_ptr<LineReader> terminal_reader(const std::string& history, Candidates candidates) {
  return std::make_unique<TerminalReader>(history, std::move(candidates));
}
std::unique_ptr<LineReader> plain_reader() { return std::make_unique<PlainReader>(); }

}  // namespace cutaway::app
