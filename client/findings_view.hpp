#pragma once

#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/screen.hpp"

namespace chat::client {

// Draws what a search has found, a row for each message. Precondition: the model shows that.
void draw_findings(Screen& screen, const Area& area, const Model& model);

// Precondition: model.shown() is Shown::urls.
void draw_urls(Screen& screen, const Area& area, const Model& model);

}  // namespace chat::client
