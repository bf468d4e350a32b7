"""What listbot says on GitHub: one comment on a pull request, one issue a week.

Decided first, done later: events -> activity -> observed state -> plan -> writes. Only `github.py` knows PyGithub.
"""
