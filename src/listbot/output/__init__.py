"""Report -> text. One module a format; each has `render`, and none decides anything."""
