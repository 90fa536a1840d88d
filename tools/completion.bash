# Completion for bash of all edgechat programs, by what their --help says: there is no second list of
# options. Sourced by bash-completion(7) under the name of the program.
# shellcheck shell=bash

# _edgechat_help PROGRAM [SCENARIO]: what it says of itself.
_edgechat_help() {
  "$@" --help 2>/dev/null
}

# The options, each with the word for what it takes: "--data DIR". From lines like
# "  -h,--help  ..." and "  --data DIR=/x REQUIRED  ...".
_edgechat_options() {
  sed -nE 's/^  (-[A-Za-z],)?(--[a-z-]+)( ([A-Z][]A-Za-z:[]*)[= ]?)?.*/\2 \4/p'
}

_edgechat_scenarios() {
  sed -nE '/^Subcommands:/,$s/^  ([a-z-]+) .*/\1/p'
}

# The scenario that is on the command line, if any: chat-bench's options are those of one.
_edgechat_scenario() {
  local word known
  known=" $(_edgechat_help "$1" | _edgechat_scenarios | tr '\n' ' ') "
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ $known == *" $word "* ]]; then
      printf '%s\n' "$word"
      return
    fi
  done
}

# The servers of the configuration, and hosts.
_edgechat_servers() {
  sed -nE 's/^\[servers\.([A-Za-z0-9_-]+)\].*/\1/p' \
    "${XDG_CONFIG_HOME:-$HOME/.config}/edgechat/client.toml" 2>/dev/null
  compgen -A hostname
}

_edgechat() {
  local program=$1 current=$2 previous=$3 scenario help takes
  scenario=$(_edgechat_scenario "$program")
  # shellcheck disable=SC2086
  help=$(_edgechat_help "$program" $scenario)
  COMPREPLY=()
  takes=$(_edgechat_options <<<"$help" | awk -v option="$previous" '$1 == option { print $2 }')
  case $takes in
    DIR) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    FILE | PATH) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    '' | Needs:* | Excludes:*)
      if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_edgechat_options <<<"$help" | cut -d ' ' -f 1)" \
          -- "$current")
      elif [[ $help == *$'\nSubcommands:'* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_edgechat_scenarios <<<"$help")" -- "$current")
      elif [[ $help == *$'\nPositionals:\n  server'* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_edgechat_servers)" -- "$current")
      fi
      ;;
  esac
}

complete -F _edgechat chat-server chat-client chat-pipe chat-bench
