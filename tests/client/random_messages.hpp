// What a server may say, made by chance: anything at all, and what a request hopes for.
#pragma once

#include <optional>
#include <string>

#include "libchat/protocol.hpp"
#include "tests/client/dice.hpp"

namespace chat::client::test {

// What is wide, joins with its neighbours, is an address, or would control a terminal.
std::string random_text(Dice& dice);

// Numbers are of small ranges, so that they often mean something.
protocol::ServerMessage random_message(Dice& dice);

// Nothing when the server has nothing to say to it.
std::optional<protocol::ServerMessage> random_answer(Dice& dice,
                                                     const protocol::ClientMessage& asked);

}  // namespace chat::client::test
