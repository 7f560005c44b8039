"""Notes -> statements: what each note says of subtypes, differentials, names and meaning.

`tree` makes one tree of nodes of a note, `announce` says what a heading or label announces, `kinds` and
`differentials` propose sets of names, `decide` accepts or rejects them by the weights in `weights`.
"""
