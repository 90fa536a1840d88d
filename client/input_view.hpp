// Drawing the input.
#pragma once

#include <string_view>

#include "client/editor.hpp"
#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/prompt.hpp"
#include "client/screen.hpp"
#include "client/units.hpp"

namespace chat::client {

// How the input stands on a screen.
struct InputShape {
  std::string_view label;  // in front of it
  Columns wrap_at;         // kEndless: the text has one row only, and is moved sideways
  Rows rows;               // as many as it needs, and may have
};

InputShape input_shape(const Model& model, const Prompt& prompt, Size screen);

// Places the cursor, too.
void draw_input(Screen& screen, const Area& area, const InputShape& shape, const Editor& editor);

}  // namespace chat::client
