"""Parsed blocks -> Statements: what a note says of kinds, differentials, names and meaning.

`tree` makes one tree of nodes of a note, `announce` says what a heading or label announces, `kinds` and
`differentials` propose sets of names, `decide` accepts or leaves them by the weights in `weights`.
"""
