// What the user can set, and how that is called.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/attention.hpp"
#include "client/colours.hpp"
#include "client/config_text.hpp"
#include "client/layout.hpp"

namespace chat::client {

// A server that the user has given a name.
struct NamedServer {
  std::string address;             // HOST[:PORT]
  std::string nickname;            // empty: that of all servers
  std::vector<std::string> rooms;  // empty: those of all servers
};

// What is written of what was said.
struct LogSettings {
  bool on = false;
  std::string folder{};  // empty: in the state folder
  bool operator==(const LogSettings&) const = default;
};

// Those of somebody who has set nothing. A plain value; what set() has set is checked.
struct Settings {
  std::string nickname;                      // empty: the user is asked
  std::string server = "127.0.0.1";          // HOST[:PORT], or a name of `servers`
  std::vector<std::string> rooms;            // to be entered at the start
  std::vector<std::string> highlight_words;  // see Highlights
  AttentionWishes attention;
  Panes panes;  // beside the chat area, at the start
  LogSettings log;
  bool tells_typing = true;  // others see that the user writes
  bool mouse = false;        // whether it is taken from the terminal at the start
  Colours colours;
  // What keys do instead of what they do by default: the name of an action, or empty for nothing.
  std::map<std::string, std::string> keys;
  std::map<std::string, NamedServer, std::less<>> servers;
};

struct SettingName {
  std::string section;  // "colours", "keys", "servers.work"; empty: above all sections of the file
  std::string name;     // "bell"; among the keys a key
  bool operator==(const SettingName&) const = default;
};

// "bell", "colours.own", "keys.Alt-Left", "servers.work.nick"
std::string to_string(const SettingName& name);
SettingName setting_named(std::string_view text);

// An error is a sentence about the setting that does not name it.
using SettingOutcome = std::expected<void, std::string>;

// Sets what is called so. When there is no such thing, or the value can be none of it, everything
// stays as it is.
SettingOutcome set(Settings& settings, const SettingName& name, const ConfigValue& value);
// Takes the default again.
SettingOutcome unset(Settings& settings, const SettingName& name);

// As a file has it: "\"Ann\"", "true", "[\"lobby\"]". Empty for what is not there.
std::string value_of(const Settings& settings, const SettingName& name);
// What it does for the user, in words; empty for what is not there.
std::string purpose_of(const SettingName& name);
// Whether there is such a thing, whether it is set or not.
bool can_be_set(const SettingName& name);
// Whether it has a list of values.
bool is_list(const SettingName& name);
// What may have a value, in the order in which /set lists it: the keys and servers are those that
// are set.
std::vector<SettingName> names_in(const Settings& settings);

}  // namespace chat::client
