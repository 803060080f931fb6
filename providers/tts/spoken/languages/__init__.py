"""One module per language with words of its own; the others have CLDR's."""
