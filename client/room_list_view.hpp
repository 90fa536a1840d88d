// The list of rooms and conversations beside the chat area.
#pragma once

#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

// When there are more than fit, those around the one in front; the last row counts the others.
void draw_room_list(Screen& screen, const Layout& layout, const Model& model);

}  // namespace chat::client
