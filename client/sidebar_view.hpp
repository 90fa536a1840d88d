// Who is in the room in front.
#pragma once

#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

void draw_sidebar(Screen& screen, const Layout& layout, const Model& model);

}  // namespace chat::client
