"""The beginning of an archive and of an article: what `roznama init` and `roznama new` know and write."""
