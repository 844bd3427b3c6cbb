// Writes what the window asks for: pictures and moments at once, films beside it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/export/film_thread.h"
#include "app/gui/gui.h"

namespace cutaway::app {

class Desk : public Exporter {
 public:
  explicit Desk(std::vector<viz::SentenceCard> cards) : cards_(std::move(cards)) {}
  bool serve(viz::WindowState& state, const viz::WindowShot& shot) override;

 private:
  void write(viz::WindowState& state, const viz::ExportAsk& ask, const viz::WindowShot& shot);
  Status begin_film(const viz::WindowState& state, const viz::ExportAsk& ask,
                    const viz::WindowShot& shot, const std::string& path);
  bool tell_film(viz::WindowState& state);

  std::vector<viz::SentenceCard> cards_;
  std::unique_ptr<FilmThread> film_;
};

}  // namespace cutaway::app
