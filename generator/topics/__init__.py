"""Topics of an article that says none: subjects, people, places and organisations, found in its own words.

- `words`: what a word is, and the fold it is compared by.
- `packs`: the names that come with Roznama, compiled by `compile` from `lists/` and CLDR.
- `vocabulary`: the archive's own file, which has the last word.
- `index`: the names of a language, and its words as they are met.
- `matcher`: the names found in one article, weighed.
- `phrases`: phrases that mark an archive, suggested where no list knows them.
- `registry`: what is known of each topic by its id: labels in every language, kind, what it belongs to.

Nothing here knows the catalogue or a page; the reading worker calls `matcher`, planning asks `registry`.
"""
