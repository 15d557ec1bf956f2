"""Wagtail's search backends, adapted: every text is cut by ``search.analysis``, at index time and at query time.

``database`` keeps all models, in whichever database the site has; ``elasticsearch`` keeps the flat rows
(``search.models.SearchEntry``) where its address is set.
"""
