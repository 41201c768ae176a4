"""One module a format; the list of them is `generator.importing.FORMATS`."""
