#pragma once

#include <string>

#include "client/bindings.hpp"
#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

// Draws what the user should know now: why a line was refused, how the connection is, what is shown
// and which keys lead on.
void draw_status(Screen& screen, const Area& area, const Model& model, const Bindings& bindings,
                 const std::string& refusal);

}  // namespace chat::client
