#include "app/export/film_thread.h"

#include <utility>

#include "app/export/video.h"
#include "trace/log/cut.h"

namespace cutaway::app {

FilmThread::FilmThread(Trace trace, viz::FilmWish wish, std::vector<viz::SentenceCard> cards,
                       std::string path)
    : trace_(std::move(trace)),
      wish_(std::move(wish)),
      cards_(std::move(cards)),
      path_(std::move(path)),
      thread_([this] { work(); }) {}

FilmThread::~FilmThread() {
  stop();
  thread_.join();
}

void FilmThread::work() {
  const auto tell = [this](std::size_t done, std::size_t all) {
    done_ = done;
    all_ = all;
    return !stopped_;
  };
  result_ = write_video(trace_, wish_, viz::world_pictures(cards_), path_, tell);
  over_ = true;
}

Result<Trace> separate(const Trace& trace) { return from_cut("this run", to_cut(trace)); }

}  // namespace cutaway::app
