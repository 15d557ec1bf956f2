"""modelsearch's own tests of a search backend, run on ours: in a process of their own, with modelsearch's test models.

Its package holds the tests and the models, but not the books they ask for: ``fixtures/search.json`` has those.
"""
