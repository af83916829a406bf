"""How a sheet is laid out: glyphs, reading direction, lines, rows, pages."""
