// The title: the room in front, and the others.
#pragma once

#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

// `with_rooms`: no list beside the chat area shows them.
void draw_title(Screen& screen, const Area& area, const Model& model, bool with_rooms);

}  // namespace chat::client
