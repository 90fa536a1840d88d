#include "client/view.hpp"

#include "client/chat_view.hpp"
#include "client/input_view.hpp"
#include "client/layout.hpp"
#include "client/room_list_view.hpp"
#include "client/sidebar_view.hpp"
#include "client/status_line.hpp"
#include "client/title_view.hpp"

namespace chat::client {

Screen compose(const Model& model, const Controller& controller, Size size) {
  Screen screen(size);
  const InputShape input = input_shape(model, controller.prompt(), size);
  const Layout layout = layout_for(size, input.rows, controller.panes());
  draw_title(screen, layout.title, model, layout.rooms.size.width.value == 0);
  draw_room_list(screen, layout, model);
  draw_chat(screen, layout.chat, model);
  draw_sidebar(screen, layout, model);
  draw_status(screen, layout.status, model, controller.bindings(),
              controller.says(layout.status.size.width - Columns{1}));
  draw_input(screen, layout.input, input, controller.prompt().editor());
  return screen;
}

}  // namespace chat::client
