// What the server was asked for.
#pragma once

#include <string>

#include "libchat/ids.hpp"

namespace chat::client {

// What an answer belongs to. A plain value.
struct Request {
  enum class What {
    hello,
    text,
    rename,
    join,
    rejoin,
    leave,
    rooms,
    members,
    history,
    search,
  };
  What what;
  std::string input = {};   // as the user typed it, so that nothing refused is lost
  std::string name = {};    // the nickname of a hello, the room to be joined again, or the words
  MessageId message = {};   // of text
  RoomId room = {};         // of leave and members
  RoomId after_room = {};   // of rooms: the last one of the page before
  UserId after_user = {};   // of members: the last one of the page before
  bool is_further = false;  // of a search: a page behind the first one
};

}  // namespace chat::client
