#include "app/export/desk.h"

#include <utility>

#include "app/cli/moment_file.h"
#include "app/export/names.h"
#include "app/export/still.h"
#include "app/export/video.h"
#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr double kErrorSeconds = 8;

const char* ending_of(viz::ExportForm form) {
  switch (form) {
    case viz::ExportForm::Png:
      return ".png";
    case viz::ExportForm::Svg:
      return ".svg";
    case viz::ExportForm::Mp4:
      return ".mp4";
    case viz::ExportForm::Gif:
      return ".gif";
    default:
      return ".moment.json";
  }
}

/// A film is called after its scenario, all else after the moment as well.
std::string name_of(const viz::WindowState& state, const viz::ExportAsk& ask) {
  std::string stem = stem_of(state.player.trace().header);
  if (!viz::is_film(ask.form)) stem += "-" + decimal(static_cast<std::int64_t>(ask.at.to));
  return free_name(stem, ending_of(ask.form));
}

Status write_still(const viz::WindowState& state, viz::ExportForm form, const viz::WindowShot& shot,
                   const std::string& path) {
  if (form == viz::ExportForm::Png)
    return os::write_file(path, viz::window_png(state, shot.width, shot.height, shot.scale));
  if (form == viz::ExportForm::Moment) {
    TRY_ASSIGN(spec::SavedMoment moment, viz::moment_of_window(state));
    return write_moment(path, std::move(moment));
  }
  return os::write_file(path, picture_svg(state.player.trace(), shot, state.pictures));
}

std::string complaint(const Error& error) {
  const std::string hint = error.hint.empty() ? "" : " (" + error.hint + ")";
  return (error.code == ErrorCode::Cannot ? "cannot " : "") + error.message + hint;
}

}  // namespace

bool Desk::serve(viz::WindowState& state, const viz::WindowShot& shot) {
  const std::vector<viz::ExportAsk> asks = std::exchange(state.saving.asks, {});
  for (const viz::ExportAsk& ask : asks) write(state, ask, shot);
  return tell_film(state) || !asks.empty();
}

void Desk::write(viz::WindowState& state, const viz::ExportAsk& ask, const viz::WindowShot& shot) {
  if (viz::is_film(ask.form) && film_) return;
  const std::string path = name_of(state, ask);
  const bool film = viz::is_film(ask.form);
  const Status done =
      film ? begin_film(state, ask, shot, path) : write_still(state, ask.form, shot, path);
  if (!done)
    state.notice.say(complaint(done.error()), kErrorSeconds);
  else if (film)
    state.saving.job = viz::ExportJob{path, 0, 0};
  else
    state.notice.say("saved " + path);
}

Status Desk::begin_film(const viz::WindowState& state, const viz::ExportAsk& ask,
                        const viz::WindowShot& shot, const std::string& path) {
  TRY_ASSIGN(Trace trace, separate(state.player.trace()));
  viz::FilmWish wish;
  wish.from = ask.at.from;
  wish.to = ask.at.to;
  wish.shot = shot;
  wish.pace = {usual_fps(path), 0};
  film_ = std::make_unique<FilmThread>(std::move(trace), wish, cards_, path);
  return {};
}

bool Desk::tell_film(viz::WindowState& state) {
  if (!film_) return false;
  if (state.saving.cancel) film_->stop();
  if (!film_->over()) {
    viz::ExportJob& job = *state.saving.job;
    const bool more = job.done != film_->done();
    job.done = film_->done();
    job.all = film_->all();
    return more;
  }
  const Result<bool>& result = film_->result();
  if (!result)
    state.notice.say(complaint(result.error()), kErrorSeconds);
  else
    state.notice.say(*result ? "saved " + film_->path() : "stopped, nothing was saved");
  state.saving.job.reset();
  state.saving.cancel = false;
  film_.reset();
  return true;
}

}  // namespace cutaway::app
