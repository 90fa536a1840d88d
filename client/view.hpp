// Composes the screen from what the client knows.
#pragma once

#include "client/controller.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

// The whole screen, cursor included, at any size. Pure.
Screen compose(const Model& model, const Controller& controller, Size size);

}  // namespace chat::client
