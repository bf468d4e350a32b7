"""How good listbot's judgement is, measured on labels that people made by reading real lists.

`python -m bench.quality NAME` from the repository's root; the labels are looked for in `../shared/data`.
"""
