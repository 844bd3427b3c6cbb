#include "app/export/still.h"

#include "viz/picture.h"
#include "viz/window.h"

namespace cutaway::app {

std::string picture_svg(const Trace& trace, const viz::WindowShot& shot,
                        const viz::PictureSource& pictures) {
  const viz::SceneStyle style{viz::theme_of(shot.theme), viz::FontMetrics::bundled()};
  const viz::WindowLayout layout =
      viz::window_layout(shot.width, shot.height, {false, false, shot.presenter});
  viz::Player player(trace);
  player.set_size(shot.size);
  player.jump(shot.position);
  const World& world = player.world();
  const viz::Moment& moment = player.moment();
  viz::ShipModel ship =
      pictures.ship(trace, world, moment, {shot.presenter, viz::Berths(trace).count()});
  viz::Caption caption = pictures.caption(trace, world, moment, {});
  viz::let_pass(ship, shot.look.later_ns);
  if (ship.grace) viz::tell_grace(caption, *ship.grace);
  std::vector<viz::Scene> scenes;
  scenes.push_back(viz::ship_scene(ship, style, layout.picture));
  scenes.push_back(
      viz::caption_scene(caption, style, layout.caption,
                         {layout.sentence_size, layout.part_size, layout.sentence_lines}));
  return viz::svg(scenes, shot.width, shot.height);
}

}  // namespace cutaway::app
