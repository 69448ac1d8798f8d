"""How things look: model values as console text, JSON, Markdown and JUnit. The only printer; nothing here knows how the values came about."""
