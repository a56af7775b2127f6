"""English, without knowledge of the world: sentences, words and their tags, phrases, and who does what to whom.

`sentences.split` cuts a passage, `tagger.Tagger` tags the words of a sentence, `clauses.parse` takes it apart.
"""
