// One example of every message, with every field set to a value of its own. The golden vectors are
// their bytes.
#pragma once

#include <vector>

#include "libchat/protocol.hpp"

namespace chat::test {

inline MessageId example_id() {
  MessageId id;
  for (std::size_t i = 0; i < id.size(); ++i)
    id[i] = static_cast<std::uint8_t>(0xA0 + i);
  return id;
}

template <class Id>
Id example(std::uint8_t first) {
  Id id;
  for (std::size_t i = 0; i < id.value.size(); ++i)
    id.value[i] = static_cast<std::uint8_t>(first + i);
  return id;
}

inline std::vector<protocol::ClientMessage> client_examples() {
  using namespace protocol;
  return {
      Hello{RequestId{0x01020304},
            0x0506,
            "Lisa",
            example<IdentityId>(0xB0),
            example<IdentitySecret>(0xC0),
            {0xD0, 0xD1, 0xD2},
            Epoch{0x6162636465666768},
            {LastRead{RoomId{3}, Sequence{0x7172737475767778}}, LastRead{RoomId{4}, Sequence{0}}}},
      Say{RequestId{2}, RoomId{0x11121314}, example_id(), MessageKind::action, "waves"},
      Whisper{RequestId{3}, example_id(), UserId{0x2122232425262728}, "Bob", MessageKind::text,
              "psst"},
      Rename{RequestId{4}, "Élise"},
      Join{RequestId{5}, "tea"},
      Leave{RequestId{6}, RoomId{0x31323334}},
      ListRooms{RequestId{7}, RoomId{0x41424344}},
      ListMembers{RequestId{8}, RoomId{9}, UserId{0x5152535455565758}},
      Ping{RequestId{9}},
      Pong{RequestId{10}},
      Goodbye{RequestId{11}, CloseReason::quit, "tea time"},
      ReadHistory{RequestId{12}, RoomId{0x61626364}, Sequence{0x7172737475767778}, 0x0102},
      Search{RequestId{13}, "grüner tee", 0x8182838485868788, 0x0304},
      MarkRead{RequestId{14}, RoomId{0x91929394}, Sequence{0x7172737475767778}},
      TellTyping{RequestId{15}, RoomId{0xA1A2A3A4}},
      SetAway{RequestId{16}, true, "zum Bäcker"},
  };
}

inline std::vector<protocol::ServerMessage> server_examples() {
  using namespace protocol;
  const WallTime time{0x0000018BCFE56800};  // 2023-11-14T22:13:20Z
  return {
      Welcome{RequestId{1},
              1,
              UserId{2},
              "Lisa",
              "edgechat",
              "0.1.0",
              Epoch{0x6162636465666768},
              time,
              0x4000,
              0x1000,
              0x0040,
              true,
              {0xD0, 0xD1, 0xD2},
              120,
              100,
              DurabilityClaim::process},
      RoomOpened{RequestId{1}, RoomId{3}, RoomKind::pair, "Bob", Sequence{0x7172737475767778}, 2,
                 true, true, Sequence{0x8182838485868788}},
      RoomClosed{RequestId{6}, RoomId{3}},
      NicknameChanged{RequestId{4}, "Élise"},
      Acknowledged{RequestId{2}, example_id(), RoomId{3}, Sequence{4}, time},
      MemberPage{RequestId{8},
                 RoomId{3},
                 700,
                 false,
                 true,
                 {Person{UserId{5}, "Bob"}, Person{UserId{6}, "Zoë"}},
                 {UserId{6}},
                 {UserId{5}}},
      RoomPage{RequestId{7}, true, {RoomSummary{RoomId{1}, "lobby", 700}}},
      Error{RequestId{3}, ErrorCode::nickname_changed_hands, "Too late."},
      Gap{RoomId{3}, Sequence{10}, Sequence{19}},
      Posted{RoomId{3}, Sequence{20}, time, UserId{5}, MessageKind::text, "Bob", "hi, 世界"},
      Joined{RoomId{3}, time, {Person{UserId{6}, "Zoë"}}},
      Left{RoomId{3},
           time,
           {Departure{UserId{5}, "Bob", LeaveReason::quit},
            Departure{UserId{6}, "Zoë", LeaveReason::lost}}},
      Renamed{RoomId{3}, WallTime{-1}, UserId{6}, "Zoë", "Zoe"},
      MemberCount{RoomId{3}, 501},
      Presence{RoomId{3}, time, {PresenceChange{UserId{6}, "Zoë", PresenceState::lost}}},
      Ping{RequestId{0}},
      Pong{RequestId{9}},
      Goodbye{RequestId{0}, CloseReason::shutting_down, "The server is shutting down."},
      History{RequestId{12},
              RoomId{3},
              true,
              {HistoryMessage{Sequence{7}, time, UserId{5}, MessageKind::text, "Bob", "hi, 世界"},
               HistoryMessage{Sequence{8}, WallTime{-1}, UserId{6}, MessageKind::action, "Zoë",
                              "waves"}}},
      SearchResults{RequestId{13},
                    0x7172737475767778,
                    {SearchHit{RoomId{3}, Sequence{8}, time, UserId{6}, MessageKind::action, "Zoë",
                               "drinks grünen Tee"}}},
      Notice{NoticeCode::disk_full, "The disk is full."},
      Typing{RoomId{3}, time, UserId{6}, "Zoë"},
      Away{RoomId{3}, time, UserId{6}, "Zoë", true, "zum Bäcker"},
  };
}

}  // namespace chat::test
