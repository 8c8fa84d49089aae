#!/bin/sh
# In the place of a C compiler that this machine can't have, for a check that links nothing: answers what
# kind of compiler it is with the machine's own, and leaves an empty file for every object.
for word in "$@"; do
  case "$word" in
    -E) exec cc "$@" ;;
    # Only Microsoft's compiler knows this.
    "-?") exit 1 ;;
  esac
done
for word in "$@"; do
  if [ "$before" = "-o" ]; then : > "$word"; fi
  before=$word
done
