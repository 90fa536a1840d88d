"""The parts of tools/compare: measuring servers side by side, and telling what came out."""
