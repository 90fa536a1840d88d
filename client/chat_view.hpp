// The chat area: what is said in a room, what was found, or a part of the past.
#pragma once

#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

void draw_chat(Screen& screen, const Area& area, const Model& model);

}  // namespace chat::client
